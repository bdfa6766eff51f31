package dev.writeguard.spring.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a parent with a natural id refers to is written for one that is new, and not in vain for one that is there. */
@Schema("")
class NaturalIdTargetsIT {

    private static final String STORED = "INSERT INTO catalogue$series (name, code, title)"
            + " VALUES ('n', '00000000-0000-0001-0000-000000000001', 'stored')";

    private static DoorApplication application;

    private final Database database;

    NaturalIdTargetsIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = TargetsApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE catalogue$publisher, catalogue$region, catalogue$series, catalogue$volume CASCADE");
    }

    /** The ways to write a child. */
    enum Write {
        PERSIST(EntityManager::persist),
        MERGE(EntityManager::merge),
        FLUSH((entities, volume) -> {
            Catalogue.Series series = volume.series;
            volume.series = null;
            entities.persist(volume);
            entities.flush();
            volume.series = series;
        });

        private final BiConsumer<EntityManager, Catalogue.Volume> write;

        Write(BiConsumer<EntityManager, Catalogue.Volume> write) {
            this.write = write;
        }

        void write(Catalogue.Volume volume) {
            application.inTransaction(entities -> write.accept(entities, volume));
        }
    }

    /** What the parent refers to. */
    enum Target {
        CASCADED {
            @Override
            void addTo(Catalogue.Series series) {
                series.publisher = new Catalogue.Publisher();
            }
        },
        ENSURED {
            @Override
            void addTo(Catalogue.Series series) {
                series.region = new Catalogue.Region();
            }
        },
        BOTH {
            @Override
            void addTo(Catalogue.Series series) {
                CASCADED.addTo(series);
                ENSURED.addTo(series);
            }
        };

        abstract void addTo(Catalogue.Series series);
    }

    @ParameterizedTest
    @EnumSource
    void writesNothingForAParentThatIsThere(Target target) throws SQLException {
        for (Write write : Write.values()) {
            empty();
            database.execute(STORED);
            Catalogue.Series given = Catalogue.Series.named("n");
            target.addTo(given);
            application.statements().clear();
            write.write(Catalogue.Volume.of(given));
            assertThat(application.statements().statements())
                    .as(write.name())
                    .containsOnlyOnce("lock catalogue$series")
                    .noneMatch(statement -> statement.startsWith("ensure"));
            assertThat(targets()).as(write.name()).isZero();
            assertThat(parents()).as(write.name()).containsExactly("stored");
            assertThat(given.id).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesThemForAParentThatIsNew(Target target) throws SQLException {
        for (Write write : Write.values()) {
            empty();
            Catalogue.Series given = Catalogue.Series.named("n");
            target.addTo(given);
            write.write(Catalogue.Volume.of(given));
            assertThat(targets()).as(write.name()).isEqualTo(target == Target.BOTH ? 2 : 1);
            assertThat(parents()).as(write.name()).containsExactly("given");
        }
    }

    @Test
    void looksForNothingWhereNothingElseWouldBeWritten() throws SQLException {
        database.execute(STORED);
        application.statements().clear();
        Write.PERSIST.write(Catalogue.Volume.of(Catalogue.Series.named("n")));
        assertThat(application.statements().statements())
                .contains("ensure catalogue$series")
                .doesNotContain("lock catalogue$series");
        assertThat(parents()).containsExactly("stored");
    }

    /** A natural id of which a part is null is nobody else's. */
    @Test
    void persistsAParentWithAnIncompleteNaturalId() throws SQLException {
        for (int i = 0; i < 2; i++) {
            Catalogue.Series given = Catalogue.Series.named(null);
            Target.ENSURED.addTo(given);
            application.statements().clear();
            Write.PERSIST.write(Catalogue.Volume.of(given));
            assertThat(application.statements().statements())
                    .contains("insert catalogue$series")
                    .doesNotContain("lock catalogue$series", "ensure catalogue$series");
        }
        assertThat(database.queryLong("SELECT count(*) FROM catalogue$series WHERE name IS NULL"))
                .isEqualTo(2);
    }

    @Test
    void writesNothingInAStatelessSessionEither() throws SQLException {
        database.execute(STORED);
        Catalogue.Series given = Catalogue.Series.named("n");
        Target.ENSURED.addTo(given);
        application
                .bean(SessionFactory.class)
                .inStatelessTransaction(session -> session.insert(Catalogue.Volume.of(given)));
        assertThat(targets()).isZero();
        assertThat(parents()).containsExactly("stored");
        assertThat(database.queryLong("SELECT id FROM catalogue$series")).isEqualTo(given.id);
    }

    private long targets() throws SQLException {
        return database.queryLong(
                "SELECT (SELECT count(*) FROM catalogue$publisher) + (SELECT count(*) FROM catalogue$region)");
    }

    /** Of the children. */
    private List<String> parents() throws SQLException {
        return database.queryStrings(
                "SELECT title FROM catalogue$series s JOIN catalogue$volume v ON v.series_id = s.id");
    }
}
