package dev.writeguard.spring.sliced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.declared.Reading;
import dev.writeguard.spring.declared.Room;
import dev.writeguard.spring.door.StatementLog;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The repository door is part of Boot's slice for JPA. */
@DataJpaTest
@DirtiesContext
class DataJpaSliceOfRepositoriesIT {

    private static final Database DATABASE = Database.create("sliced", Reading.SCHEMA);

    @Autowired
    private SlicedReadings readings;

    @Autowired
    private EntityManager entities;

    @Autowired
    private GuardModes modes;

    @Autowired
    private StatementLog log;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", DATABASE::url);
        registry.add("spring.test.database.replace", () -> "none");
        registry.add("spring.flyway.enabled", () -> "false");
        registry.add("spring.jpa.hibernate.ddl-auto", () -> "none");
    }

    @AfterEach
    void enforce() {
        modes.set(GuardMode.ENFORCE);
    }

    @Test
    void ensuresTheParentsOfAllThatIsSavedInOneMessage() throws SQLException {
        log.clear();
        readings.saveAllAndFlush(List.of(new Reading(new Room(1)), new Reading(new Room(2)), new Reading(new Room(1))));
        assertThat(log.statements().stream().filter(sent -> sent.contains("rooms")))
                .containsExactly("ensure rooms");
        assertThat(readings.count()).isEqualTo(3);
        assertThat(DATABASE.queryLong("SELECT count(*) FROM rooms")).isZero();
    }

    @Test
    void ensuresTheParentThatAMethodNames() {
        readings.insert(7);
        assertThat(entities.find(Room.class, 7L)).isNotNull();
        assertThat(readings.count()).isEqualTo(1);
    }

    @Test
    void failsToSaveWithTheDoorSwitchedOff() {
        modes.set(GuardMode.OFF);
        failsForWantOfAParent(() -> readings.saveAndFlush(new Reading(entities.getReference(Room.class, 7L))));
    }

    @Test
    void failsToInsertWithTheDoorSwitchedOff() {
        modes.set(GuardMode.OFF);
        failsForWantOfAParent(() -> readings.insert(7));
    }

    private static void failsForWantOfAParent(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(DataIntegrityViolationException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        cause -> assertThat(cause.getSQLState()).isEqualTo("23503"));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        static PersistenceManagedTypes types() {
            return PersistenceManagedTypes.of(Room.class.getName(), Reading.class.getName());
        }

        @Bean
        static StatementLog statementLog() {
            return new StatementLog();
        }
    }
}
