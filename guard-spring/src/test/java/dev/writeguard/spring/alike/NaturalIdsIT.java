package dev.writeguard.spring.alike;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parents with a natural id, whose row is there: it is found, and the instance that was given stays as it was. */
@Schema("")
class NaturalIdsIT {

    private static DoorApplication application;

    private final Tables tables;

    NaturalIdsIT(Database database) {
        this.tables = new Tables(database);
    }

    @BeforeAll
    static void start(Database database) {
        application = AlikeApplication.on(database);
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
    @MethodSource("dev.writeguard.spring.alike.Features#named")
    <W extends Named.Base> void refersToTheStoredRow(Feature<W> feature) throws SQLException {
        Object stored = application.fromTransaction(entities -> {
            W first = feature.whole().apply(entities);
            entities.persist(first);
            entities.flush();
            return java.util.Objects.requireNonNull(first.id());
        });
        Map<String, List<String>> rows = tables.rows(Set.of());
        application.inTransaction(entities -> {
            W given = feature.whole().apply(entities);
            Object idBefore = given.id();
            Part<W> part = feature.partOf(given);
            application.statements().clear();
            entities.persist(part);
            assertThat(part.whole).isNotSameAs(given);
            assertThat(entities.getEntityManagerFactory()
                            .getPersistenceUnitUtil()
                            .getIdentifier(part.whole))
                    .isEqualTo(stored);
            assertThat(entities.contains(given)).as("the given one is managed").isFalse();
            assertThat(given.id()).isEqualTo(idBefore);
            assertThat(given.version).isNull();
            assertThat(given.prepared).isNull();
            assertThat(given.notes.note).isNull();

            Part<W> second = feature.partOf(feature.whole().apply(entities));
            entities.persist(second);
            assertThat(Hibernate.unproxy(second.whole)).isSameAs(Hibernate.unproxy(part.whole));
        });
        assertThat(tables.rows(Set.of())).isEqualTo(rows);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.spring.alike.Features#named")
    <W extends Named.Base> void createsOneRowForTwoInstances(Feature<W> feature) throws SQLException {
        application.inTransaction(entities -> {
            Part<W> one = feature.partOf(feature.whole().apply(entities));
            Part<W> two = feature.partOf(feature.whole().apply(entities));
            entities.persist(one);
            application.statements().clear();
            entities.persist(two);
            assertThat(two.whole).isSameAs(one.whole);
            assertThat(application.statements().statements()).allMatch(statement -> statement.endsWith("_seq"));
        });
        Map<String, List<String>> rows = tables.rows(Set.of());
        assertThat(rows.values()).allSatisfy(ofTable -> assertThat(ofTable).hasSize(1));
    }
}
