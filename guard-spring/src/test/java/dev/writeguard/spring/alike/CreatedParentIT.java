package dev.writeguard.spring.alike;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.hibernate.KeyType;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the persistence context does with a parent that the door has created. */
@Schema("")
class CreatedParentIT {

    private static DoorApplication application;

    private final Database database;
    private final Tables tables;

    CreatedParentIT(Database database) {
        this.database = database;
        this.tables = new Tables(database);
    }

    @BeforeAll
    static void start(Database database) {
        application = AlikeApplication.on(database, "spring.jpa.properties.hibernate.generate_statistics=true");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        tables.empty();
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.spring.alike.Features#all")
    <W> void isFoundWithoutASelectAndNotWrittenAgain(Feature<W> feature) {
        application.inTransaction(entities -> {
            Part<W> part = feature.partOf(feature.whole().apply(entities));
            entities.persist(part);
            W created = java.util.Objects.requireNonNull(part.whole);
            entities.flush();
            application.statements().clear();
            Object id =
                    entities.getEntityManagerFactory().getPersistenceUnitUtil().getIdentifier(created);
            assertThat((Object) entities.find(created.getClass(), id)).isSameAs(created);
            entities.flush();
            assertThat(application.statements().statements()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.spring.alike.Features#all")
    <W> void isRemovedWithAllItsRows(Feature<W> feature) throws SQLException {
        application.inTransaction(entities -> {
            Part<W> part = feature.partOf(feature.whole().apply(entities));
            entities.persist(part);
            entities.flush();
            W created = part.whole;
            part.whole = null;
            entities.flush();
            entities.remove(created);
        });
        assertThat(tables.rows(Set.of()).keySet())
                .allMatch(table -> table.contains("target") || table.contains("soft_") || table.contains("owned"));
    }

    @Test
    void updatesWithTheVersionThatItHas() throws SQLException {
        application.inTransaction(entities -> {
            var part = new Related.CollectingPart();
            part.whole = Related.Collecting.full();
            entities.persist(part);
            entities.flush();
            assertThat(part.whole.version).isZero();
            part.whole.names.add("c");
            part.whole.counts.put("k", 2);
            entities.flush();
            assertThat(part.whole.version).isEqualTo(1);
            assertThat(Set.copyOf(application.statements().statements()))
                    .doesNotContain("delete related$collecting_names", "select related$collecting_names");
        });
        assertThat(database.queryStrings(
                        "SELECT string_agg(names, '' ORDER BY names_order) FROM related$collecting_names"))
                .containsExactly("bac");
        assertThat(database.queryStrings("SELECT counts::text FROM related$collecting_counts"))
                .containsExactly("2");
        application.inTransaction(entities -> {
            Related.Collecting found = entities.find(Related.Collecting.class, 1);
            assertThat(found.version).isEqualTo(1);
            assertThat(found.owned).hasSize(1);
            assertThat(found.held).hasSize(1);
            assertThat(found.linked).hasSize(1);
        });
    }

    /** Its collections believe that their rows are there; what was not read of it is not known. */
    @Test
    void isWrittenAgainWithTheCollectionsThatItWasReadWith() throws SQLException {
        application.inTransaction(entities -> entities.persist(Related.Collecting.full()));
        Related.Collecting detached = application.fromTransaction(entities -> {
            Related.Collecting found = entities.find(Related.Collecting.class, 1);
            assertThat(found.names).hasSize(2);
            assertThat(found.counts).hasSize(1);
            return found;
        });
        tables.empty();
        application.inTransaction(entities -> {
            var part = new Related.CollectingPart();
            part.whole = detached;
            entities.persist(part);
            entities.flush();
            assertThat(part.whole).isSameAs(detached);
            detached.names.add("c");
        });
        assertThat(database.queryStrings(
                        "SELECT string_agg(names, '' ORDER BY names_order) FROM related$collecting_names"))
                .containsExactly("bac");
        assertThat(database.queryStrings("SELECT counts::text FROM related$collecting_counts"))
                .containsExactly("1");
        assertThat(database.queryLong("SELECT count(*) FROM related$collecting_tags"))
                .isZero();
    }

    /** What is not read back would be overwritten by null. */
    @Test
    void hasWhatTheDatabaseFilledIn() throws SQLException {
        application.inTransaction(entities -> {
            var part = new Filled.DefaultedPart();
            part.whole = new Filled.Defaulted();
            Filled.Defaulted given = part.whole;
            entities.persist(part);
            assertThat(part.whole).isSameAs(given);
            assertThat(given.defaulted).isEqualTo("by default");
            assertThat(given.computed).isEqualTo(2);
            entities.flush();
            given.given = "changed";
        });
        assertThat(database.queryStrings(
                        "SELECT concat_ws(' ', given, defaulted, computed, version) FROM filled$defaulted"))
                .containsExactly("changed by default 2 1");
        assertThat(database.queryStrings("SELECT names FROM filled$defaulted_names"))
                .containsExactly("one");
    }

    @Test
    void isFoundByItsNaturalIdWithoutASelect() {
        application.inTransaction(entities -> {
            var part = new Named.SequencedPart();
            part.whole = new Named.Sequenced();
            entities.persist(part);
            application.statements().clear();
            assertThat((Object) entities.find(Named.Sequenced.class, "n", KeyType.NATURAL))
                    .isSameAs(part.whole);
            assertThat(application.statements().statements()).isEmpty();
        });
    }

    @Test
    void hasBeenCalledBackOnce() {
        application.inTransaction(entities -> {
            var part = new Filled.CalledBackPart();
            part.whole = new Filled.CalledBack(new java.util.UUID(8, 8));
            entities.persist(part);
            entities.flush();
            assertThat(part.whole.prepared).isEqualTo("prepared");
            assertThat(part.whole.persisted).isEqualTo(1);
        });
    }

    @Test
    void isCountedAsInserted() {
        var statistics = application.bean(SessionFactory.class).getStatistics();
        long before = statistics.getEntityInsertCount();
        application.inTransaction(entities -> {
            var part = new Filled.IntVersionedPart();
            part.whole = new Filled.IntVersioned();
            entities.persist(part);
        });
        assertThat(statistics.getEntityInsertCount() - before).isEqualTo(2);
    }

    @Test
    void takesTheIdThatACallbackGives() throws SQLException {
        application.inTransaction(entities -> {
            var part = new Filled.CalledBackPart();
            part.whole = new Filled.CalledBack();
            entities.persist(part);
        });
        assertThat(database.queryStrings("SELECT whole_id::text FROM filled$called_back_part"))
                .containsExactly(new java.util.UUID(9, 9).toString());
    }

    @Test
    void takesAGeneratedIdWithoutANaturalOne() throws SQLException {
        application.inTransaction(entities -> {
            var part = new Named.AnonymousPart();
            part.whole = new Named.Anonymous();
            entities.persist(part);
        });
        assertThat(database.queryLong(
                        "SELECT count(*) FROM named$anonymous_part JOIN named$anonymous n ON n.id = whole_id"))
                .isEqualTo(1);
    }

    @Test
    void createsAChainOfThree() throws SQLException {
        application.inTransaction(entities -> {
            var part = new Related.ReferringPart();
            part.whole = new Related.Referring();
            part.whole.grand = new Related.Grand();
            application.statements().clear();
            entities.persist(part);
            entities.flush();
            assertThat(application.statements().statements().stream()
                            .filter(statement -> !statement.endsWith("_seq"))
                            .toList())
                    .isEqualTo(List.of(
                            "lock related$referring",
                            "lock related$grand",
                            "ensure related$great_grand",
                            "ensure related$grand",
                            "ensure related$referring",
                            "insert related$referring_part x1"));
        });
        assertThat(database.queryStrings("SELECT great_id::text FROM related$grand"))
                .containsExactly("100");
    }

    /** What a stored parent would have referred to is not written in vain. */
    @Test
    void writesNothingForAParentThatIsThere() throws SQLException {
        database.execute("INSERT INTO related$referring (id) VALUES (1)");
        application.inTransaction(entities -> {
            var part = new Related.ReferringPart();
            part.whole = new Related.Referring();
            part.whole.cascaded = new Related.GeneratedTarget();
            part.whole.grand = new Related.Grand();
            application.statements().clear();
            entities.persist(part);
            entities.flush();
            assertThat(application.statements().statements().stream()
                            .filter(statement -> !statement.endsWith("_seq"))
                            .toList())
                    .isEqualTo(List.of("lock related$referring", "insert related$referring_part x1"));
        });
        assertThat(database.queryLong("SELECT count(*) FROM related$generated_target"))
                .isZero();
        assertThat(database.queryLong("SELECT count(*) FROM related$grand")).isZero();
    }
}
