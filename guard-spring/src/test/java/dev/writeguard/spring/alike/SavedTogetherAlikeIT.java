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
import org.junit.jupiter.params.provider.MethodSource;

/** Two parents that go out in one message, as arrays, are stored as {@code persist} stores them. */
@Schema("")
class SavedTogetherAlikeIT {

    private static DoorApplication application;

    private final Tables tables;

    SavedTogetherAlikeIT(Database database) {
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

    static Stream<Feature<?>> features() {
        return Features.all();
    }

    @ParameterizedTest
    @MethodSource("features")
    <W> void storesWhatPersistStores(Feature<W> feature) throws SQLException {
        tables.empty();
        application.inTransaction(entities -> two(feature, entities).forEach(entities::persist));
        Map<String, List<String>> persisted = tables.rows(feature.different());

        tables.empty();
        application.inTransaction(entities -> {
            List<Part<W>> parts = List.of(feature.part().get(), feature.part().get());
            parts.forEach(entities::persist);
            List<W> wholes = two(feature, entities);
            entities.flush();
            application.statements().clear();
            for (int i = 0; i < wholes.size(); i++) {
                parts.get(i).whole = wholes.get(i);
            }
            entities.flush();
            assertThat(wholes).allMatch(entities::contains);
        });
        assertThat(application.statements().statements())
                .filteredOn(statement -> statement.startsWith("ensure "))
                .hasSize(1);
        assertThat(application.statements().statements()).noneMatch(PersistedAlikeIT::isSuperfluous);
        assertThat(persisted).isNotEmpty();
        assertThat(tables.rows(feature.different())).isEqualTo(persisted);
    }

    private static <W> List<W> two(Feature<W> feature, EntityManager entities) {
        W second = feature.whole().apply(entities);
        OtherKey.give(second, entities);
        return List.of(feature.whole().apply(entities), second);
    }
}
