package dev.writeguard.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.autoconfigure.AheadOfTime;
import dev.writeguard.spring.autoconfigure.GuardAutoConfiguration;
import dev.writeguard.spring.autoconfigure.GuardHibernateAutoConfiguration;
import dev.writeguard.spring.autoconfigure.GuardJpaAutoConfiguration;
import dev.writeguard.spring.autoconfigure.GuardJpaRepositoryAutoConfiguration;
import dev.writeguard.spring.declared.Reading;
import dev.writeguard.spring.declared.Room;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The repository door in an application that was processed ahead of time, with Spring Data's generated repositories. */
class RepositoriesAheadOfTimeIT {

    /** A write of a reading fails as often as the sequence has not reached the number. */
    private static final String SCHEMA = Reading.SCHEMA + """
            CREATE TABLE failures (times int NOT NULL);
            CREATE SEQUENCE failed;
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT FROM failures) AND nextval('failed') <= (SELECT times FROM failures) THEN
                    RAISE EXCEPTION 'as planned' USING ERRCODE = '40P01';
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER fail AFTER INSERT ON readings FOR EACH STATEMENT EXECUTE FUNCTION fail();
            """;

    private static final String ROOMS_WITH_READINGS =
            "SELECT rooms.id || ':' || count(*) FROM rooms JOIN readings ON room_id = rooms.id GROUP BY rooms.id ORDER BY 1";

    @Test
    @CompileWithForkedClassLoader
    void writesParentsBeforeTheirChildren() throws Exception {
        try (Database database = Database.create("aotrepositories", SCHEMA)) {
            Set<String> sources = AheadOfTime.generatedAndRun(Application.class, database, context -> {
                Readings readings = enforced(context);
                readings.save(new Reading(new Room(1)));
                readings.saveAll(List.of(new Reading(new Room(2)), new Reading(new Room(1)), new Reading(new Room(2))));
                readings.insert(3);
            });
            assertThat(sources).anyMatch(source -> source.contains("ReadingsImpl__"));
            assertThat(database.queryStrings(ROOMS_WITH_READINGS)).containsExactly("1:2", "2:2", "3:1");
        }
    }

    @Test
    @CompileWithForkedClassLoader
    void failsWithTheDoorSwitchedOff() throws Exception {
        try (Database database = Database.create("aotoff", SCHEMA)) {
            AheadOfTime.generatedAndRun(Application.class, database, context -> {
                Readings readings = context.getBean(Readings.class);
                EntityManager entities = context.getBean(EntityManager.class);
                var transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
                failsForWantOfAParent(() -> transaction.executeWithoutResult(
                        status -> readings.saveAndFlush(new Reading(entities.getReference(Room.class, 1L)))));
                failsForWantOfAParent(() -> transaction.executeWithoutResult(status ->
                        readings.saveAllAndFlush(List.of(new Reading(entities.getReference(Room.class, 2L))))));
                failsForWantOfAParent(() -> readings.insert(3));
            });
            assertThat(database.queryLong("SELECT count(*) FROM rooms")).isZero();
        }
    }

    @Test
    @CompileWithForkedClassLoader
    void runsATransactionOfItsOwnAgain() throws Exception {
        try (Database database = Database.create("aotretries", SCHEMA)) {
            AheadOfTime.generatedAndRun(Application.class, database, context -> {
                Readings readings = enforced(context);
                plan(database, 2);
                readings.save(new Reading(new Room(1)));
                assertThat(runs(database)).isEqualTo(3);
                plan(database, 2);
                readings.insert(2);
                assertThat(runs(database)).isEqualTo(3);
            });
            assertThat(database.queryStrings(ROOMS_WITH_READINGS)).containsExactly("1:1", "2:1");
        }
    }

    @Test
    @CompileWithForkedClassLoader
    void runsNothingAgainWithoutTheSwitch() throws Exception {
        try (Database database = Database.create("aotplain", SCHEMA)) {
            AheadOfTime.generatedAndRun(Application.class, database, context -> {
                enforced(context);
                plan(database, 2);
                assertThatThrownBy(() -> context.getBean(PlainReadings.class).save(new Reading(new Room(1))))
                        .isInstanceOfSatisfying(
                                GuardFailure.class,
                                failure -> assertThat(failure.mayRetry()).isTrue());
                assertThat(runs(database)).isEqualTo(1);
            });
        }
    }

    private static Readings enforced(GenericApplicationContext context) {
        context.getBean(GuardModes.class).set(GuardMode.ENFORCE);
        return context.getBean(Readings.class);
    }

    private static void failsForWantOfAParent(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(DataIntegrityViolationException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        cause -> assertThat(cause.getSQLState()).isEqualTo("23503"));
    }

    private static void plan(Database database, int failures) {
        checked(() -> {
            database.execute("TRUNCATE failures; INSERT INTO failures VALUES (" + failures + ");"
                    + " ALTER SEQUENCE failed RESTART");
            return failures;
        });
    }

    private static long runs(Database database) {
        return checked(() -> database.queryLong("SELECT last_value FROM failed"));
    }

    @FunctionalInterface
    private interface Query<T> {
        T run() throws SQLException;
    }

    private static <T> T checked(Query<T> query) {
        try {
            return query.run();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJpaRepositories
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        GuardAutoConfiguration.class,
        GuardJpaAutoConfiguration.class,
        GuardHibernateAutoConfiguration.class,
        GuardJpaRepositoryAutoConfiguration.class,
        HibernateJpaAutoConfiguration.class
    })
    static class Application {

        @Bean
        static PersistenceManagedTypes types() {
            return PersistenceManagedTypes.of(Room.class.getName(), Reading.class.getName());
        }
    }
}
