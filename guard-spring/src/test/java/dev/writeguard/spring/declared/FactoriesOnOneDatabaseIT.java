package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** Two factories that reach one database by two data sources, say a pool for users and one for jobs. */
@Schema(Reading.SCHEMA + "CREATE TABLE old_readings (id bigint PRIMARY KEY, room_id bigint REFERENCES rooms);")
class FactoriesOnOneDatabaseIT {

    private static final String FAULT = " maps the same columns, with another key, match, requireState, touch or soft";

    private final Database database;

    FactoriesOnOneDatabaseIT(Database database) {
        this.database = database;
    }

    @Entity(name = "MatchingReading")
    @Table(name = "readings")
    static class MatchingReading {

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
    void areRefusedIfTheyMapOneTableDifferently() {
        contexts(database.dataSource(), database.dataSource(), MatchingReading.class)
                .run(context -> assertThat(Applications.faults(context.getStartupFailure()))
                        .containsOnly(
                                Map.entry(
                                        "@EnsuredParent Reading.room of 'firstEntityManagerFactory'",
                                        List.of("'secondEntityManagerFactory'" + FAULT)),
                                Map.entry(
                                        "@EnsuredParent MatchingReading.room of 'secondEntityManagerFactory'",
                                        List.of("'firstEntityManagerFactory'" + FAULT))));
    }

    /** The table of whose subclass the other one has. */
    @Entity(name = "OldReading")
    @Table(name = "old_readings")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class OldReading {

        @Id
        @Nullable
        Long id;

        @ManyToOne
        @JoinColumn(name = "room_id")
        @EnsuredParent(match = "name")
        @Nullable
        Room room;
    }

    @Entity(name = "NewReading")
    @Table(name = "readings")
    static class NewReading extends OldReading {}

    @Test
    void areRefusedIfTheyMapTheTableOfASubclassDifferently() {
        contexts(database.dataSource(), database.dataSource(), OldReading.class, NewReading.class)
                .run(context -> assertThat(Applications.faults(context.getStartupFailure()))
                        .containsOnly(
                                Map.entry(
                                        "@EnsuredParent Reading.room of 'firstEntityManagerFactory'",
                                        List.of("'secondEntityManagerFactory'" + FAULT)),
                                Map.entry(
                                        "@EnsuredParent OldReading.room of 'secondEntityManagerFactory'",
                                        List.of("'firstEntityManagerFactory'" + FAULT))));
    }

    @Test
    void areAcceptedIfTheyMapItAlike() {
        contexts(database.dataSource(), database.dataSource(), Reading.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** The same names in another database of the same server are other tables. */
    @Test
    void areAcceptedOnTwoDatabases() throws Exception {
        try (Database other = Database.create("other", Reading.SCHEMA)) {
            contexts(database.dataSource(), other.dataSource(), MatchingReading.class)
                    .run(context -> assertThat(context).hasNotFailed());
        }
    }

    private static ApplicationContextRunner contexts(DataSource first, DataSource second, Class<?>... ofSecond) {
        return Contexts.bare()
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
                        () -> factory(
                                second,
                                Stream.concat(Stream.of(Room.class), Stream.of(ofSecond))
                                        .toArray(Class<?>[]::new)));
    }

    private static LocalContainerEntityManagerFactoryBean factory(DataSource dataSource, Class<?>... types) {
        var factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setManagedTypes(
                PersistenceManagedTypes.of(Stream.of(types).map(Class::getName).toArray(String[]::new)));
        return factory;
    }
}
