package dev.writeguard.spring.audited;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hibernate.envers.AuditReaderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Envers records of an ensured parent what it records of one that was persisted, and nothing of one that was there. */
@Schema("")
class AuditedParentIT {

    private static final List<String> RECORDS =
            List.of("garden_aud", "garden$walled_aud", "garden$park_aud", "garden_names_aud", "garden$bed_aud");

    private static DoorApplication application;

    private final Database database;

    AuditedParentIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = AuditedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE garden, garden$park, garden$bed, revinfo RESTART IDENTITY CASCADE");
    }

    @AfterEach
    void enforce() {
        application.bean(GuardModes.class).set(GuardMode.ENFORCE);
    }

    /** Parents that are new. */
    enum Kind {
        ASSIGNED(() -> Garden.Bed.in(filled(new Garden("given")))),
        JOINED(() -> Garden.Bed.in(filled(new Garden.Walled("given")))),
        BY_NATURAL_ID(() -> Garden.Bed.in(new Garden.Park("given")));

        private final Supplier<Garden.Bed> bed;

        Kind(Supplier<Garden.Bed> bed) {
            this.bed = bed;
        }

        private static Garden filled(Garden garden) {
            garden.names.add("one");
            return garden;
        }
    }

    /** The first half of it is done without Guard, so that nothing is compared with nothing. */
    @ParameterizedTest
    @EnumSource
    void recordsACreatedParentAsPersistDoes(Kind kind) throws SQLException {
        application.bean(GuardModes.class).set(GuardMode.OFF);
        application.inTransaction(entities -> {
            Garden.Bed bed = kind.bed.get();
            if (bed.garden != null) {
                entities.persist(bed.garden);
            } else {
                entities.persist(bed.park);
            }
            entities.persist(bed);
        });
        Map<String, List<String>> byPersist = records();
        enforce();
        empty();
        application.statements().clear();
        application.inTransaction(entities -> entities.persist(kind.bed.get()));
        assertThat(application.statements().statements()).anyMatch(statement -> statement.startsWith("ensure"));
        assertThat(records()).isEqualTo(byPersist).hasSizeGreaterThan(1);
        assertThat(byPersist.entrySet())
                .filteredOn(table -> !table.getKey().equals("garden$walled_aud"))
                .allSatisfy(table -> assertThat(table.getValue())
                        .allSatisfy(row -> assertThat(row).contains("\"revtype\": 0")));
        assertThat(database.queryLong("SELECT count(*) FROM revinfo")).isEqualTo(1);
    }

    @Test
    void readsTheRevisionOfACreatedParent() {
        application.inTransaction(entities -> entities.persist(Kind.JOINED.bed.get()));
        application.inTransaction(entities -> {
            var reader = AuditReaderFactory.get(entities);
            List<Number> revisions = reader.getRevisions(Garden.class, 1);
            assertThat(revisions).hasSize(1);
            Garden recorded = reader.find(Garden.class, 1, revisions.get(0));
            assertThat(recorded.title).isEqualTo("given");
            assertThat(recorded.names).containsExactly("one");
        });
    }

    @Test
    void recordsWhatABlankParentHas() throws SQLException {
        application.inTransaction(entities -> entities.persist(Garden.Bed.in(entities.getReference(Garden.class, 1))));
        assertThat(database.queryStrings("SELECT title || revtype FROM garden_aud"))
                .containsExactly("untitled0");
        assertThat(database.queryStrings("SELECT garden_id || ' ' || revtype FROM garden$bed_aud"))
                .containsExactly("1 0");
    }

    @Test
    void recordsNothingOfAParentThatWasThere() throws SQLException {
        database.execute("INSERT INTO garden (id, title, version) VALUES (1, 'stored', 3)");
        database.execute("INSERT INTO garden$park (name, title) VALUES ('p', 'stored')");
        for (Consumer<EntityManager> write : List.<Consumer<EntityManager>>of(
                entities -> entities.persist(Garden.Bed.in(new Garden("given"))),
                entities -> entities.merge(Garden.Bed.in(new Garden("given"))),
                entities -> entities.persist(Garden.Bed.in(new Garden.Park("given"))),
                entities -> entities.persist(Garden.Bed.in(entities.getReference(Garden.class, 1))))) {
            application.inTransaction(write);
        }
        assertThat(records()).containsOnlyKeys("garden$bed_aud");
        assertThat(database.queryStrings(
                        "SELECT coalesce(garden_id, -park_id) || ' ' || revtype FROM garden$bed_aud ORDER BY id"))
                .containsExactly("1 0", "1 0", "-1 0", "1 0");
        assertThat(database.queryLong("SELECT count(*) FROM revinfo")).isEqualTo(4);
    }

    @Test
    void recordsOneAdditionOfAParentThatIsChangedInItsTransaction() throws SQLException {
        application.inTransaction(entities -> {
            var given = new Garden("given");
            entities.persist(Garden.Bed.in(given));
            entities.flush();
            given.title = "changed";
            given.names.add("later");
        });
        assertThat(database.queryStrings("SELECT title || revtype FROM garden_aud"))
                .containsExactly("changed0");
        assertThat(database.queryStrings("SELECT names || revtype FROM garden_names_aud"))
                .containsExactly("later0");
        application.inTransaction(entities -> entities.find(Garden.class, 1).title = "changed again");
        assertThat(database.queryStrings("SELECT title || revtype FROM garden_aud ORDER BY rev"))
                .containsExactly("changed0", "changed again1");
    }

    @Test
    void recordsNothingOfACreationThatWasRolledBack() throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    entities.persist(Kind.ASSIGNED.bed.get());
                    entities.flush();
                    throw new IllegalStateException("to be rolled back");
                }))
                .hasMessage("to be rolled back");
        assertThat(records()).isEmpty();
        assertThat(database.queryLong("SELECT count(*) FROM revinfo")).isZero();
    }

    /** By table, without the numbers that a sequence gives: of revisions and children. */
    private Map<String, List<String>> records() throws SQLException {
        Map<String, List<String>> records = new TreeMap<>();
        for (String table : RECORDS) {
            String row = "to_jsonb(r) - 'rev'" + (table.equals("garden$bed_aud") ? " - 'id'" : "");
            List<String> rows = database.queryStrings("SELECT (" + row + ")::text FROM " + table + " r ORDER BY 1");
            if (!rows.isEmpty()) {
                records.put(table, rows);
            }
        }
        return records;
    }
}
