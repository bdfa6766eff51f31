package dev.writeguard.spring.removed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/**
 * By itself Hibernate would delete what a reference stands for without reading it, and tell nobody: neither that the row is
 * gone, nor, afterwards, that the key is free again. Beside a listener for deletes it reads it.
 */
@Schema("""
        CREATE TABLE piers (id bigint PRIMARY KEY, name text);
        CREATE TABLE boats (id bigint PRIMARY KEY, pier_id bigint REFERENCES piers);
        CREATE INDEX ON boats (pier_id);
        """)
class RemovedReferenceIT {

    private static DoorApplication application;

    private final Database database;

    RemovedReferenceIT(Database database) {
        this.database = database;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EntityScan(basePackageClasses = Pier.class)
    static class Harbour {}

    /** Nothing of it has to be read when it is deleted: no cascade, no callback, no subclass. */
    @Entity
    @Table(name = "piers")
    static class Pier {
        @Id
        long id = 1;

        String name = "given";
    }

    @Entity
    @Table(name = "boats")
    static class Boat {
        @Id
        long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Pier pier;

        Boat() {}

        Boat(long id, Pier pier) {
            this.id = id;
            this.pier = pier;
        }
    }

    /** Bean Validation has a listener for deletes, too. */
    @BeforeAll
    static void start(Database database) {
        application = DoorApplication.of(
                Harbour.class, database, "spring.jpa.properties.jakarta.persistence.validation.mode=none");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void store() throws SQLException {
        database.execute("TRUNCATE piers CASCADE; INSERT INTO piers VALUES (1, 'stored')");
        application.statements().clear();
    }

    @Test
    void isReadBeforeItIsDeleted() {
        application.inTransaction(entities -> entities.remove(entities.getReference(Pier.class, 1L)));
        assertThat(application.statements().statements()).containsExactly("select piers", "delete piers x1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isRefusedToAChild(boolean byReference) throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    Pier reference = entities.getReference(Pier.class, 1L);
                    entities.remove(reference);
                    entities.persist(new Boat(1, byReference ? reference : new Pier()));
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_REMOVED));
        assertThat(database.queryStrings("SELECT name FROM piers")).containsExactly("stored");
    }

    /** What the transaction held is gone with it. */
    @Test
    void isCreatedAgainAfterTheFlush() throws SQLException {
        application.inTransaction(entities -> {
            var boat = new Boat(1, entities.getReference(Pier.class, 1L));
            entities.persist(boat);
            entities.flush();
            entities.clear();
            entities.remove(entities.find(Boat.class, 1L));
            entities.flush();
            entities.clear();
            entities.remove(entities.getReference(Pier.class, 1L));
            entities.flush();
            entities.persist(new Boat(2, new Pier()));
        });
        assertThat(database.queryStrings("SELECT name || b.id FROM piers p JOIN boats b ON b.pier_id = p.id"))
                .containsExactly("given2");
    }
}
