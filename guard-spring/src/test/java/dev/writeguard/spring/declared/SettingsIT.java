package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.event.GuardListener;
import dev.writeguard.event.ObservedEvent;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.spring.door.StatementLog;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** However the factory is set up, what its entities declare is enforced, or the start says that it is not. */
@ExtendWith(OutputCaptureExtension.class)
@Schema(Reading.SCHEMA)
class SettingsIT {

    private final Database database;
    private final ApplicationContextRunner contexts;

    SettingsIT(Database database) {
        this.database = database;
        this.contexts = Applications.of(database, Room.class, Reading.class);
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE rooms, readings");
    }

    @Test
    void enforcesWhereTheFactoryStartsInTheBackground() {
        contexts.withBean(BackgroundStart.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertEnforced(context);
        });
    }

    @Test
    void enforcesWhatIsWrittenWhileTheApplicationStarts() {
        contexts.withBean(BackgroundStart.class).withBean(WritesAtStart.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(rooms()).containsExactly("1");
        });
        contexts.withBean(WritesAtStart.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(database.queryLong("SELECT count(*) FROM readings")).isEqualTo(2);
        });
    }

    @Test
    void enforcesWhatHibernateHasCreatedTheTablesFor() throws SQLException {
        try (Database empty = Database.create("ddl", "")) {
            Applications.of(empty, Room.class, Reading.class)
                    .withPropertyValues("spring.jpa.hibernate.ddl-auto=create-drop")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        Applications.inTransaction(context, entities -> entities.persist(new Reading(new Room(7))));
                        assertThat(empty.queryLong("SELECT count(*) FROM rooms"))
                                .isEqualTo(1);
                    });
        }
    }

    @Test
    void leavesAnExcludedDatabaseAlone() {
        contexts.withPropertyValues("guard.exclude=entityManagerFactory").run(context -> {
            assertThat(context).hasNotFailed();
            assertFailsForWantOfAParent(() -> writeReference(context, 7));
        });
    }

    @Test
    void enforcesForEachParentTableAndAtEachWrite() {
        contexts.withPropertyValues("guard.modes.rooms=off").run(context -> {
            assertFailsForWantOfAParent(() -> writeReference(context, 7));
            GuardModes modes = context.getBean(GuardModes.class);
            modes.set("public.rooms", GuardMode.ENFORCE);
            writeReference(context, 7);
            modes.reset("public.rooms");
            modes.set(GuardMode.OFF);
            assertFailsForWantOfAParent(() -> writeReference(context, 8));
            assertThat(rooms()).containsExactly("7");
        });
    }

    @Test
    void observesEachWriteOnceAndSendsNothing() throws SQLException {
        database.execute("INSERT INTO rooms VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        var observed = new Observed();
        contexts.withBean(Observed.class, () -> observed).run(context -> {
            GuardModes modes = context.getBean(GuardModes.class);
            modes.set(GuardMode.OFF);
            List<String> without = new ArrayList<>();
            writeInThreeWays(context, write -> without.addAll(statementsOf(write, context)));
            assertThat(observed.take()).isEmpty();
            modes.set(GuardMode.OBSERVE);
            List<String> with = new ArrayList<>();
            writeInThreeWays(context, write -> {
                with.addAll(statementsOf(write, context));
                assertThat(observed.take()).containsExactly("ensure public.rooms 1");
            });
            assertThat(with)
                    .isEqualTo(without)
                    .containsSequence("insert readings")
                    .containsSequence("select rooms", "update readings", "select readings");
        });
    }

    private static void writeInThreeWays(ApplicationContext context, Consumer<Runnable> each) {
        var reading = new Reading(null);
        each.accept(() -> Applications.inTransaction(context, entities -> {
            reading.room = entities.getReference(Room.class, 1L);
            entities.persist(reading);
        }));
        each.accept(() -> Applications.inTransaction(context, entities -> {
            entities.find(Reading.class, reading.id).room = entities.getReference(Room.class, 2L);
            // Each of them looks at the managed instances; the second alone flushes.
            entities.createQuery("select r.id from Room r", Long.class).getResultList();
            entities.createQuery("select r.id from Reading r", Long.class).getResultList();
            entities.createQuery("select r.id from Room r", Long.class).getResultList();
        }));
        each.accept(() -> Applications.inTransaction(context, entities -> {
            reading.room = entities.getReference(Room.class, 3L);
            entities.merge(reading);
        }));
    }

    private static List<String> statementsOf(Runnable write, ApplicationContext context) {
        StatementLog statements = context.getBean(StatementLog.class);
        statements.clear();
        write.run();
        return statements.statements();
    }

    @Test
    void enforcesEachOfSeveralFactoriesInItsOwnDatabase() throws SQLException {
        try (Database other = Database.create("other", Reading.SCHEMA)) {
            DataSource first = database.dataSource();
            DataSource second = other.dataSource();
            Contexts.bare()
                    .withBean("firstDataSource", DataSource.class, () -> first)
                    .withBean("secondDataSource", DataSource.class, () -> second)
                    .withBean(
                            "firstEntityManagerFactory",
                            LocalContainerEntityManagerFactoryBean.class,
                            () -> factory(first, Room.class, Reading.class),
                            definition -> definition.setPrimary(true))
                    .withBean(
                            "secondEntityManagerFactory",
                            LocalContainerEntityManagerFactoryBean.class,
                            () -> factory(second, Room.class, Reading.class))
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThat(context.getBean("firstGuardModel", GuardModel.class)
                                        .associations())
                                .containsOnlyKeys("Reading.room");
                        persist(context, "firstEntityManagerFactory", 7);
                        persist(context, "secondEntityManagerFactory", 8);
                        assertThat(rooms()).containsExactly("7");
                        assertThat(other.queryStrings("SELECT id FROM rooms")).containsExactly("8");
                    });
        }
    }

    @Test
    void refusesFactoriesThatMapOneTableDifferently() {
        DataSource source = database.dataSource();
        Contexts.bare()
                .withBean("dataSource", DataSource.class, () -> source)
                .withBean(
                        "firstEntityManagerFactory",
                        LocalContainerEntityManagerFactoryBean.class,
                        () -> factory(source, Room.class, Reading.class),
                        definition -> definition.setPrimary(true))
                .withBean(
                        "secondEntityManagerFactory",
                        LocalContainerEntityManagerFactoryBean.class,
                        () -> factory(source, Room.class, StricterReading.class))
                .run(context -> assertThat(Applications.faults(context.getStartupFailure()))
                        .containsOnly(
                                Map.entry(
                                        "@EnsuredParent Reading.room of 'firstEntityManagerFactory'",
                                        List.of("'secondEntityManagerFactory' maps the same columns, with another"
                                                + " key, match, requireState, touch or soft")),
                                Map.entry(
                                        "@EnsuredParent StricterReading.room of 'secondEntityManagerFactory'",
                                        List.of("'firstEntityManagerFactory' maps the same columns, with another"
                                                + " key, match, requireState, touch or soft"))));
    }

    @Entity(name = "StricterReading")
    @Table(name = "readings")
    static class StricterReading {

        @Id
        @Nullable
        Long id;

        @ManyToOne
        @JoinColumn(name = "room_id")
        @EnsuredParent(match = "name")
        @Nullable
        Room room;
    }

    @Test
    void countsWhatEntitiesDeclareAsGuarded(CapturedOutput output) {
        contexts.run(context -> assertThat(output).contains("1 foreign key: 1 guarded, 0 not, 0 without an index"));
    }

    @Test
    void enforcesWhatAnApplicationRunnerWrites() throws SQLException {
        var application = new SpringApplicationBuilder(Running.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.datasource.url=" + database.url(),
                        "spring.flyway.enabled=false",
                        "spring.main.banner-mode=off");
        try (var context = application.run()) {
            assertThat(context.isRunning()).isTrue();
            assertThat(rooms()).containsExactly("5");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Running {

        @Bean
        static PersistenceManagedTypes types() {
            return PersistenceManagedTypes.of(Room.class.getName(), Reading.class.getName());
        }

        @Bean
        ApplicationRunner writes(EntityManager entities, PlatformTransactionManager transactions) {
            return arguments -> new TransactionTemplate(transactions)
                    .executeWithoutResult(
                            status -> entities.persist(new Reading(entities.getReference(Room.class, 5L))));
        }
    }

    @Test
    void refusesAFactoryThatSpringHasNotBuilt() {
        Contexts.bare()
                .withBean(DataSource.class, database::dataSource)
                .withBean("entityManagerFactory", EntityManagerFactory.class, this::handMade)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(context.getStartupFailure())
                            .rootCause()
                            .isInstanceOfSatisfying(
                                    GuardException.class,
                                    failure -> assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_UNSUPPORTED));
                    assertThat(Contexts.analyzed(context.getStartupFailure()).getDescription())
                            .contains("its EntityManagerFactory is none of Spring's");
                });
    }

    @Test
    void refusesDeclarationsOfAFactoryThatWritesPastGuard() {
        DataSource source = database.dataSource();
        var built = factory(source, Room.class, Reading.class);
        built.afterPropertiesSet();
        Contexts.bare()
                .withBean(DataSource.class, () -> source)
                .withBean("entityManagerFactory", EntityManagerFactory.class, built::getObject)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(Applications.faults(context.getStartupFailure()))
                            .containsExactly(Map.entry(
                                    "@EnsuredParent Reading.room",
                                    List.of("its EntityManagerFactory writes past Guard")));
                });
    }

    private EntityManagerFactory handMade() {
        return new org.hibernate.cfg.Configuration()
                .addAnnotatedClass(Room.class)
                .addAnnotatedClass(Reading.class)
                .setProperty("hibernate.connection.url", database.url())
                .buildSessionFactory();
    }

    private static void assertEnforced(ApplicationContext context) {
        writeReference(context, 7);
    }

    private static void assertFailsForWantOfAParent(Runnable write) {
        assertThatThrownBy(write::run)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
    }

    private static void writeReference(ApplicationContext context, long id) {
        Applications.inTransaction(
                context, entities -> entities.persist(new Reading(entities.getReference(Room.class, id))));
    }

    private List<String> rooms() throws SQLException {
        return database.queryStrings("SELECT id FROM rooms ORDER BY id");
    }

    private static void persist(ApplicationContext context, String factory, long id) {
        EntityManagerFactory entityManagers = context.getBean(factory, EntityManagerFactory.class);
        try (EntityManager entities = entityManagers.createEntityManager()) {
            entities.getTransaction().begin();
            entities.persist(new Reading(new Room(id)));
            entities.getTransaction().commit();
        }
    }

    private static LocalContainerEntityManagerFactoryBean factory(DataSource dataSource, Class<?>... types) {
        var factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setManagedTypes(
                PersistenceManagedTypes.of(Stream.of(types).map(Class::getName).toArray(String[]::new)));
        return factory;
    }

    static final class BackgroundStart implements BeanPostProcessor {

        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof LocalContainerEntityManagerFactoryBean factory) {
                factory.setBootstrapExecutor(new SimpleAsyncTaskExecutor());
            }
            return bean;
        }
    }

    /** At the moment of a {@code @PostConstruct}. */
    static final class WritesAtStart implements InitializingBean {

        private final EntityManager entities;
        private final PlatformTransactionManager transactions;

        WritesAtStart(EntityManager entities, PlatformTransactionManager transactions) {
            this.entities = entities;
            this.transactions = transactions;
        }

        @Override
        public void afterPropertiesSet() {
            new TransactionTemplate(transactions)
                    .executeWithoutResult(
                            status -> entities.persist(new Reading(entities.getReference(Room.class, 1L))));
        }
    }

    static final class Observed implements GuardListener {

        private final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void observed(ObservedEvent event) {
            events.add(event.operation() + " " + event.table() + " " + event.rows());
        }

        List<String> take() {
            List<String> taken = List.copyOf(events);
            events.clear();
            return taken;
        }
    }
}
