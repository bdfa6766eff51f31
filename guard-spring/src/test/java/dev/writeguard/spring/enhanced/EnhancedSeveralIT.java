package dev.writeguard.spring.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SelfDirtinessTracker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Several parents of one enhanced child, which is written in one go. The depot 1 and the station s are there. */
@Schema("")
class EnhancedSeveralIT {

    private static final AtomicInteger STATIONS = new AtomicInteger();

    private static DoorApplication application;

    /** The name of the one that is there. No test has seen that of another one. */
    private static String station = "";

    private final Database database;

    EnhancedSeveralIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = EnhancedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void store() throws SQLException {
        station = "s" + STATIONS.incrementAndGet();
        database.execute("TRUNCATE depots, stations, routes RESTART IDENTITY CASCADE");
        database.execute("INSERT INTO depots (id, title, version, notes) VALUES (1, 'stored', 3, 'n')");
        database.execute("INSERT INTO stations (name, title, version) VALUES ('" + station + "', 'stored', 3)");
    }

    /** The ways to write. */
    enum Write {
        PERSIST {
            @Override
            Route write(Route route, EntityManager entities) {
                entities.persist(route);
                return route;
            }
        },
        MERGE {
            @Override
            Route write(Route route, EntityManager entities) {
                return entities.merge(route);
            }
        },
        FLUSH {
            @Override
            Route write(Route route, EntityManager entities) {
                var written = new Route(route.getId());
                entities.persist(written);
                entities.flush();
                application.statements().clear();
                written.lead(route.getSource(), route.getTarget(), route.getVia());
                return written;
            }
        };

        abstract Route write(Route route, EntityManager entities);
    }

    /** What the route carries, and what is asked for it. */
    enum Carried {
        TWO_NEW("2 3 1", "ensure depots", "ensure stations") {
            @Override
            void lead(Route route, EntityManager entities) {
                route.lead(new Depot(2, "given"), new Depot(3, "given"), new Station(station, "given"));
            }
        },
        ONE_NEW_TWICE("2 2", "ensure depots") {
            @Override
            void lead(Route route, EntityManager entities) {
                var depot = new Depot(2, "given");
                route.lead(depot, depot, null);
            }
        },
        TWO_INSTANCES_OF_ONE_ROW("2 2", "ensure depots") {
            @Override
            void lead(Route route, EntityManager entities) {
                route.lead(new Depot(2, "given"), new Depot(2, "given"), null);
            }
        },
        REFERENCES_TO_WHAT_IS_THERE("1 1 1", "lock depots", "lock stations") {
            @Override
            void lead(Route route, EntityManager entities) {
                route.lead(
                        entities.getReference(Depot.class, 1),
                        entities.getReference(Depot.class, 1),
                        entities.getReference(Station.class, 1L));
            }
        },
        REFERENCES_TO_WHAT_IS_ABSENT("2 3", "lock depots", "ensure depots") {
            @Override
            void lead(Route route, EntityManager entities) {
                route.lead(entities.getReference(Depot.class, 2), entities.getReference(Depot.class, 3), null);
            }
        },
        ONE_REFERENCE_TO_WHAT_IS_ABSENT_TWICE("2 2", "lock depots", "ensure depots") {
            @Override
            void lead(Route route, EntityManager entities) {
                Depot reference = entities.getReference(Depot.class, 2);
                route.lead(reference, reference, null);
            }
        },
        A_REFERENCE_AND_ANOTHER_NEW_ONE("1 2", "lock depots", "ensure depots") {
            @Override
            void lead(Route route, EntityManager entities) {
                route.lead(entities.getReference(Depot.class, 1), new Depot(2, "given"), null);
            }
        },
        MANAGED_AND_NEW("1 2", "lock depots", "ensure depots") {
            @Override
            void lead(Route route, EntityManager entities) {
                route.lead(entities.find(Depot.class, 1), new Depot(2, "given"), null);
            }
        },
        MANAGED_AND_A_SECOND_INSTANCE("1 1", "lock depots") {
            @Override
            void lead(Route route, EntityManager entities) {
                route.lead(entities.find(Depot.class, 1), new Depot(1, "second"), null);
            }
        },
        DETACHED_AND_NEW_OF_ONE_ROW("1 1 1", "ensure depots", "ensure stations") {
            @Override
            void lead(Route route, EntityManager entities) {
                Depot detached = entities.find(Depot.class, 1);
                entities.detach(detached);
                route.lead(detached, new Depot(1, "given"), new Station(station, "given"));
            }
        };

        private final String row;
        private final List<String> sent;

        Carried(String row, String... sent) {
            this.row = row;
            this.sent = List.of(sent);
        }

        abstract void lead(Route route, EntityManager entities);
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Write.values())
                .flatMap(write -> Arrays.stream(Carried.values()).map(carried -> Arguments.of(write, carried)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void ensuresAllOfThemTogether(Write write, Carried carried) throws SQLException {
        List<String> sent = new ArrayList<>();
        application.inTransaction(entities -> {
            var route = new Route(9);
            carried.lead(route, entities);
            application.statements().clear();
            Route written = write.write(route, entities);
            entities.flush();
            sent.addAll(application.statements().statements());
            application.statements().clear();
            entities.flush();
            assertThat(application.statements().statements()).isEmpty();
            assertIsOfTheContext(written.getSource(), entities);
            assertIsOfTheContext(written.getTarget(), entities);
        });
        assertThat(sent)
                .filteredOn(each -> each.startsWith("ensure ") || each.startsWith("lock "))
                .isEqualTo(carried.sent);
        assertThat(sent).noneMatch(each -> each.startsWith("update depots") || each.startsWith("update stations"));
        assertThat(database.queryStrings("SELECT concat_ws(' ', source_id, target_id, via_id) FROM routes"))
                .containsExactly(carried.row);
        assertThat(database.queryStrings("SELECT title || version FROM depots WHERE id = 1"))
                .containsExactly("stored3");
        assertThat(database.queryStrings("SELECT title || version FROM stations"))
                .containsExactly("stored3");
    }

    private static void assertIsOfTheContext(@Nullable Depot depot, EntityManager entities) {
        int id = Objects.requireNonNull(depot).getId();
        assertThat(entities.getReference(Depot.class, id)).isSameAs(depot);
        assertThat(entities.contains(depot)).isTrue();
        if (Hibernate.isInitialized(depot)) {
            assertThat(((SelfDirtinessTracker) Hibernate.unproxy(depot)).$$_hibernate_getDirtyAttributes())
                    .isEmpty();
        }
    }

    /** What is changed of them afterwards is written, with the versions that they have. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void tracksWhatIsChangedAfterwards(Write write, Carried carried) throws SQLException {
        application.inTransaction(entities -> {
            var route = new Route(9);
            carried.lead(route, entities);
            Route written = write.write(route, entities);
            entities.flush();
            Objects.requireNonNull(written.getSource()).setTitle("changed");
            Objects.requireNonNull(written.getTarget()).setTitle("changed");
        });
        assertThat(database.queryStrings(
                        "SELECT DISTINCT title FROM depots JOIN routes ON depots.id IN (source_id, target_id)"))
                .containsExactly("changed");
    }
}
