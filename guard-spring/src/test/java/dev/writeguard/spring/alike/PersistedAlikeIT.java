package dev.writeguard.spring.alike;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A parent that the door creates is stored as {@code persist} stores it, in all of its tables. */
@Schema("")
class PersistedAlikeIT {

    private static DoorApplication application;

    private final Tables tables;

    PersistedAlikeIT(Database database) {
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

    /** The ways to write a child. */
    enum Path {
        PERSIST {
            @Override
            <W> void write(Part<W> part, W whole, EntityManager entities) {
                part.whole = whole;
                entities.persist(part);
                assertThat(part.whole).as("what the child refers to").isSameAs(whole);
            }
        },
        MERGE {
            @Override
            <W> void write(Part<W> part, W whole, EntityManager entities) {
                part.whole = whole;
                Part<W> merged = entities.merge(part);
                assertThat(merged.whole).as("what the merged child refers to").isSameAs(whole);
                assertThat(part.whole).as("what the given child refers to").isSameAs(whole);
            }
        },
        FLUSH {
            @Override
            <W> void write(Part<W> part, W whole, EntityManager entities) {
                entities.persist(part);
                part.whole = whole;
                entities.flush();
                assertThat(part.whole).as("what the child refers to").isSameAs(whole);
            }
        };

        abstract <W> void write(Part<W> part, W whole, EntityManager entities);
    }

    static Stream<Arguments> cells() {
        return Features.all().flatMap(feature -> Stream.of(Path.values()).map(path -> Arguments.of(feature, path)));
    }

    @ParameterizedTest(name = "{0}, by {1}")
    @MethodSource("cells")
    <W> void storesWhatPersistStores(Feature<W> feature, Path path) throws SQLException {
        assertAlike(application, tables, feature, path);
    }

    static <W> void assertAlike(DoorApplication application, Tables tables, Feature<W> feature, Path path)
            throws SQLException {
        tables.empty();
        application.inTransaction(entities -> entities.persist(feature.whole().apply(entities)));
        Map<String, List<String>> persisted = tables.rows(feature.different());

        tables.empty();
        application.inTransaction(entities -> {
            W whole = feature.whole().apply(entities);
            application.statements().clear();
            path.write(feature.part().get(), whole, entities);
            assertThat(entities.contains(whole)).as("managed").isTrue();
        });
        assertThat(application.statements().statements())
                .as("statements")
                .anyMatch(statement -> statement.startsWith("ensure "))
                .noneMatch(PersistedAlikeIT::isSuperfluous);
        assertThat(persisted).isNotEmpty();
        assertThat(tables.rows(feature.different())).isEqualTo(persisted);
    }

    /** Neither reads nor updates a parent; a child may be updated at flush, and rows that the parent holds by a column. */
    static boolean isSuperfluous(String statement) {
        return statement.startsWith("select ") && !statement.endsWith("_seq")
                || statement.startsWith("update ")
                        && !statement.contains("_part")
                        && !statement.contains("related$owned");
    }
}
