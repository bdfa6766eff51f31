package dev.writeguard.spring.second;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.spring.declared.Reading;
import dev.writeguard.spring.declared.Room;
import dev.writeguard.spring.door.StatementLog;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** Each of two guarded repositories writes to the database of its own factory. */
@Schema(Reading.SCHEMA)
class SecondFactoryIT {

    private static final String ROOMS = "SELECT id FROM rooms ORDER BY id";

    private final Database database;
    private final StatementLog log = new StatementLog();

    SecondFactoryIT(Database database) {
        this.database = database;
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE rooms, readings");
    }

    @Test
    void ensuresTheParentsOfASaveAllInOneMessageToItsDatabase() throws SQLException {
        try (Database other = Database.create("second", Reading.SCHEMA)) {
            run(other, context -> {
                log.clear();
                context.getBean(SecondReadings.class).saveAll(List.of(reading(2), reading(1), reading(2)));
                assertThat(log.statements().stream().filter(sent -> sent.endsWith("rooms")))
                        .containsExactly("ensure rooms");
                context.getBean(FirstReadings.class).save(reading(7));
            });
            assertThat(other.queryStrings(ROOMS)).containsExactly("1", "2");
            assertThat(other.queryLong("SELECT count(*) FROM readings")).isEqualTo(3);
        }
        assertThat(database.queryStrings(ROOMS)).containsExactly("7");
    }

    @Test
    void ensuresTheParentThatAMethodNamesInItsDatabase() throws SQLException {
        try (Database other = Database.create("second", Reading.SCHEMA)) {
            run(other, context -> {
                context.getBean(SecondReadings.class).insert(3);
                context.getBean(FirstReadings.class).insert(4);
            });
            assertThat(other.queryStrings(ROOMS)).containsExactly("3");
        }
        assertThat(database.queryStrings(ROOMS)).containsExactly("4");
    }

    /** What a method declares is about its own calls, and contradicts nobody. */
    @Test
    void mayWriteTheSameDatabaseByAMethodWithTermsOfItsOwn() throws SQLException {
        run(database, context -> {
            context.getBean(FirstReadings.class).insertIntoUnnamed(5);
            context.getBean(SecondReadings.class).save(reading(5));
        });
        assertThat(database.queryStrings(ROOMS)).containsExactly("5");
        assertThat(database.queryLong("SELECT count(*) FROM readings")).isEqualTo(2);
    }

    @Test
    void failsForWantOfAParentWithTheDoorSwitchedOff() throws SQLException {
        try (Database other = Database.create("second", Reading.SCHEMA)) {
            run(other, context -> {
                context.getBean(GuardModes.class).set(GuardMode.OFF);
                SecondReadings readings = context.getBean(SecondReadings.class);
                failsForWantOfAParent(() -> readings.insert(3));
                Room reference = context.getBean("second", EntityManagerFactory.class)
                        .createEntityManager()
                        .getReference(Room.class, 3L);
                failsForWantOfAParent(() -> readings.saveAll(List.of(new Reading(reference))));
            });
        }
    }

    private static void failsForWantOfAParent(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(DataIntegrityViolationException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        cause -> assertThat(cause.getSQLState()).isEqualTo("23503"));
    }

    private static Reading reading(long room) {
        return new Reading(new Room(room));
    }

    private DataSource logged(DataSource source) {
        return (DataSource) log.postProcessAfterInitialization(source, "secondSource");
    }

    private void run(Database other, Consumer<ApplicationContext> work) {
        Contexts.bare()
                .withBean("firstSource", DataSource.class, database::dataSource)
                .withBean("secondSource", DataSource.class, () -> logged(other.dataSource()))
                .withUserConfiguration(Factories.class, First.class, Second.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    work.accept(context);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Factories {

        @Bean
        @Primary
        static LocalContainerEntityManagerFactoryBean first(@Qualifier("firstSource") DataSource source) {
            return factory(source);
        }

        @Bean
        static LocalContainerEntityManagerFactoryBean second(@Qualifier("secondSource") DataSource source) {
            return factory(source);
        }

        @Bean
        @Primary
        static JpaTransactionManager firstTransactions(@Qualifier("first") EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }

        @Bean
        static JpaTransactionManager secondTransactions(@Qualifier("second") EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }

        private static LocalContainerEntityManagerFactoryBean factory(DataSource source) {
            var factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(source);
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setManagedTypes(PersistenceManagedTypes.of(Room.class.getName(), Reading.class.getName()));
            return factory;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJpaRepositories(
            entityManagerFactoryRef = "first",
            transactionManagerRef = "firstTransactions",
            excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = SecondReadings.class))
    static class First {}

    @Configuration(proxyBeanMethods = false)
    @EnableJpaRepositories(
            entityManagerFactoryRef = "second",
            transactionManagerRef = "secondTransactions",
            excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = FirstReadings.class))
    static class Second {}
}
