package dev.writeguard.spring.softened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that is deleted softly is a row that is there: nobody can insert another one with its key. */
@Schema("")
class SoftDeletedParentIT {

    private static DoorApplication application;

    private final Database database;

    SoftDeletedParentIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = SoftenedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE softened$flagged, softened$active, softened$timed, softened$named, softened$stated,"
                + " softened$entry RESTART IDENTITY CASCADE");
    }

    /** How a row says that it is deleted. */
    enum Kind {
        FLAGGED(
                "INSERT INTO softened$flagged (id, title, gone) VALUES (1, 'stored', true)",
                "SELECT title || gone FROM softened$flagged p JOIN softened$entry ON flagged_id = p.id",
                "storedtrue",
                (entry, entities) -> entry.flagged = new Softened.Flagged()),
        REFERENCE(
                FLAGGED.insert,
                FLAGGED.select,
                FLAGGED.unchanged,
                (entry, entities) -> entry.flagged = entities.getReference(Softened.Flagged.class, 1)),
        ACTIVE(
                "INSERT INTO softened$active (id, title, active) VALUES (1, 'stored', false)",
                "SELECT title || active FROM softened$active p JOIN softened$entry ON active_id = p.id",
                "storedfalse",
                (entry, entities) -> entry.active = new Softened.Active()),
        TIMED(
                "INSERT INTO softened$timed (id, title, gone_at) VALUES (1, 'stored', '2020-01-01Z')",
                "SELECT title || (gone_at IS NULL) FROM softened$timed p JOIN softened$entry ON timed_id = p.id",
                "storedfalse",
                (entry, entities) -> entry.timed = new Softened.Timed()),
        NAMED(
                "INSERT INTO softened$named (name, title, gone) VALUES ('n', 'stored', true)",
                "SELECT title || gone FROM softened$named p JOIN softened$entry ON named_id = p.id",
                "storedtrue",
                (entry, entities) -> entry.named = new Softened.Named());

        private final String insert;
        private final String select;
        private final String unchanged;
        private final BiConsumer<Softened.Entry, EntityManager> refer;

        Kind(String insert, String select, String unchanged, BiConsumer<Softened.Entry, EntityManager> refer) {
            this.insert = insert;
            this.select = select;
            this.unchanged = unchanged;
            this.refer = refer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isReferredToAndStaysDeleted(Kind kind) throws SQLException {
        database.execute(kind.insert);
        application.inTransaction(entities -> {
            var entry = new Softened.Entry();
            kind.refer.accept(entry, entities);
            entities.persist(entry);
        });
        assertThat(database.queryStrings(kind.select)).containsExactly(kind.unchanged);
    }

    @Test
    void isNotRevived() throws SQLException {
        application.inTransaction(entities -> {
            var entry = new Softened.Entry();
            entry.flagged = new Softened.Flagged();
            entities.persist(entry);
            entities.flush();
            Softened.Flagged created = entry.flagged;
            entry.flagged = null;
            entities.flush();
            entities.remove(created);
        });
        isReferredToByAnother();
        assertThat(database.queryStrings("SELECT title || gone FROM softened$flagged"))
                .containsExactly("giventrue");
        application.inTransaction(
                entities -> assertThat(entities.find(Softened.Flagged.class, 1)).isNull());
    }

    private static void isReferredToByAnother() {
        application.inTransaction(entities -> {
            var entry = new Softened.Entry();
            entry.flagged = new Softened.Flagged();
            entities.persist(entry);
        });
    }

    /** By a read-only attribute on the same column. */
    @Test
    void isRefusedWhereItsColumnIsTheRequiredState() throws SQLException {
        application.inTransaction(entities -> {
            var entry = new Softened.Entry();
            entry.stated = new Softened.Stated();
            entities.persist(entry);
        });
        database.execute("UPDATE softened$stated SET gone = true");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    var entry = new Softened.Entry();
                    entry.stated = new Softened.Stated();
                    entities.persist(entry);
                }))
                .hasMessageContaining("GRD-108");
        assertThat(database.queryLong("SELECT count(*) FROM softened$entry")).isEqualTo(1);
    }
}
