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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parents that are there are found by ids of every type. */
@Schema("")
class KeysIT {

    private static DoorApplication application;

    private final Database database;
    private final Tables tables;

    KeysIT(Database database) {
        this.database = database;
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
    @MethodSource("dev.writeguard.spring.alike.Features#keys")
    <W> void locksTheStoredRowOnce(Feature<W> feature) throws SQLException {
        store(feature);
        assertThat(sentFor(feature, true)).containsExactly("lock");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.spring.alike.Features#keys")
    <W> void findsTheStoredRowWithANewInstance(Feature<W> feature) throws SQLException {
        store(feature);
        Map<String, List<String>> rows = tables.rows(Set.of());
        assertThat(sentFor(feature, false)).containsExactly("ensure");
        assertThat(tables.rows(Set.of())).isEqualTo(rows);
    }

    private <W> void store(Feature<W> feature) {
        application.inTransaction(entities -> entities.persist(feature.whole().apply(entities)));
    }

    /** For two children of the same parent. */
    private <W> List<String> sentFor(Feature<W> feature, boolean byReference) {
        application.inTransaction(entities -> {
            W given = feature.whole().apply(entities);
            Object id =
                    entities.getEntityManagerFactory().getPersistenceUnitUtil().getIdentifier(given);
            application.statements().clear();
            for (int i = 0; i < 2; i++) {
                @SuppressWarnings("unchecked") // a reference is of the class of what was given
                W carried = byReference
                        ? (W) entities.getReference(given.getClass(), id)
                        : feature.whole().apply(entities);
                entities.persist(feature.partOf(carried));
            }
        });
        return application.statements().statements().stream()
                .filter(statement -> !statement.endsWith("_seq") && !statement.contains("_part"))
                .map(statement -> statement.split(" ")[0])
                .toList();
    }

    /** Whatever class the given instance has. */
    @Test
    void refersToTheStoredClass() {
        application.inTransaction(entities -> entities.persist(new Shapes.SingleSub()));
        application.inTransaction(entities -> {
            var part = new Shapes.SinglePart();
            part.whole = new Shapes.OtherSingleSub();
            entities.persist(part);
            assertThat(Hibernate.unproxy(part.whole)).isInstanceOf(Shapes.SingleSub.class);
        });
    }

    @Test
    void createsAndFindsByANaturalIdThatIsAReferenceInPart() throws SQLException {
        for (int i = 0; i < 2; i++) {
            application.inTransaction(entities -> {
                entities.persist(Feature.of("scoped", Keys.Scoped::new, Keys.ScopedPart::new)
                        .partOf(new Keys.Scoped()));
            });
        }
        assertThat(database.queryStrings("SELECT scope_id || name FROM keys$scoped"))
                .containsExactly("it'sn");
        assertThat(database.queryLong("SELECT count(*) FROM keys$scoped_part")).isEqualTo(2);
    }
}
