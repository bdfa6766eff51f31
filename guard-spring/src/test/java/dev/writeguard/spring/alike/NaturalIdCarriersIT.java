package dev.writeguard.spring.alike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.alike.Named.Sequenced;
import dev.writeguard.spring.alike.Named.SequencedPart;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to write a child, with every way in which it carries a parent with a natural id and a generated one. */
@Schema("")
class NaturalIdCarriersIT {

    private static final AtomicLong CELLS = new AtomicLong();
    private static final Long NOBODYS = 999L;
    private static DoorApplication application;

    private final Database database;
    private final Tables tables;

    NaturalIdCarriersIT(Database database) {
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
        System.out.println(
                "natural ids: ways to write x carriers x present or absent: " + CELLS + " cells of " + cells().count());
    }

    @BeforeEach
    void empty() throws SQLException {
        tables.empty();
    }

    /** The ways to write a child. */
    enum Path {
        PERSIST {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                entities.persist(part);
                return part;
            }
        },
        MERGE {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                return entities.merge(part);
            }
        },
        FLUSH {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                Sequenced whole = part.whole;
                part.whole = null;
                entities.persist(part);
                entities.flush();
                part.whole = whole;
                return part;
            }
        },
        QUERY {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                FLUSH.write(part, entities);
                assertThat(entities.createQuery(
                                        "select count(*) from Named$SequencedPart where whole is not null", Long.class)
                                .getSingleResult())
                        .isEqualTo(1);
                return part;
            }
        },
        SAVE {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                return application.bean(SequencedPartRepository.class).save(part);
            }
        },
        SAVE_ALL {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                return application
                        .bean(SequencedPartRepository.class)
                        .saveAll(List.of(part))
                        .get(0);
            }
        },
        CASCADE {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                var tray = new PartTray();
                tray.part = part;
                entities.persist(tray);
                return part;
            }
        },

        /** A managed tray comes to refer to a new part, which no event tells of before the flush. */
        CASCADE_AT_FLUSH {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                var tray = new PartTray();
                entities.persist(tray);
                entities.flush();
                tray.part = part;
                return part;
            }
        },

        /** SQL of the application's own. It knows the id alone, and a new instance has none. */
        NATIVE_METHOD {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                Object id = entities.getEntityManagerFactory()
                        .getPersistenceUnitUtil()
                        .getIdentifier(Objects.requireNonNull(part.whole));
                application.bean(SequencedPartRepository.class).insertNatively((Long) id);
                return part;
            }
        };

        abstract SequencedPart write(SequencedPart part, EntityManager entities);
    }

    /** How a child carries its parent. */
    enum Carrier {
        NEW(List.of("ensure"), List.of("ensure")) {
            @Override
            Sequenced whole(EntityManager entities) {
                return new Sequenced();
            }
        },
        MANAGED(List.of("lock"), List.of()) {
            @Override
            Sequenced whole(EntityManager entities) {
                return stored(entities).orElseGet(() -> {
                    var whole = new Sequenced();
                    entities.persist(whole);
                    return whole;
                });
            }
        },
        SECOND_INSTANCE(List.of("lock"), List.of()) {
            @Override
            Sequenced whole(EntityManager entities) {
                MANAGED.whole(entities);
                return new Sequenced();
            }
        },
        DETACHED(List.of("lock"), List.of("lock", "ensure")) {
            @Override
            Sequenced whole(EntityManager entities) {
                Sequenced whole = stored(entities).orElseGet(() -> {
                    var gone = new Sequenced();
                    gone.id = NOBODYS;
                    return gone;
                });
                entities.clear();
                return whole;
            }
        },
        REFERENCE(List.of("lock"), List.of("lock")) {
            @Override
            Sequenced whole(EntityManager entities) {
                Long id = stored(entities).map(whole -> whole.id).orElse(NOBODYS);
                entities.clear();
                return entities.getReference(Sequenced.class, id);
            }
        };

        private final List<String> whenPresent;
        private final List<String> whenAbsent;

        Carrier(List<String> whenPresent, List<String> whenAbsent) {
            this.whenPresent = whenPresent;
            this.whenAbsent = whenAbsent;
        }

        abstract Sequenced whole(EntityManager entities);

        /** Or a second instance of what is. */
        boolean isManaged() {
            return this == MANAGED || this == SECOND_INSTANCE;
        }

        private static Optional<Sequenced> stored(EntityManager entities) {
            return entities.createQuery("from Named$Sequenced", Sequenced.class)
                    .getResultStream()
                    .findFirst();
        }
    }

    static Stream<Arguments> cells() {
        return Stream.of(Path.values())
                .flatMap(path -> Stream.of(Carrier.values())
                        .flatMap(carrier ->
                                Stream.of(true, false).map(present -> Arguments.of(path, carrier, present))));
    }

    /** An id that a generator gives, and that nobody has, is all that is known of the parent. */
    private static boolean isRefused(Path path, Carrier carrier, boolean present) {
        return !present && (carrier == Carrier.REFERENCE || path == Path.NATIVE_METHOD && carrier == Carrier.DETACHED);
    }

    private static boolean hasNoId(Path path, Carrier carrier) {
        return path == Path.NATIVE_METHOD && (carrier == Carrier.NEW || carrier == Carrier.SECOND_INSTANCE);
    }

    @ParameterizedTest(name = "{0}, {1}, present: {2}")
    @MethodSource("cells")
    void writesTheChildAfterItsParent(Path path, Carrier carrier, boolean present) throws SQLException {
        if (present) {
            application.inTransaction(entities -> entities.persist(new Sequenced()));
        }
        if (isRefused(path, carrier, present)) {
            assertThatThrownBy(() -> write(path, carrier))
                    .isInstanceOfSatisfying(
                            GuardFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_ABSENT));
            assertThat(database.queryLong("SELECT count(*) FROM named$sequenced"))
                    .isZero();
            assertThat(database.queryLong("SELECT count(*) FROM named$sequenced_part"))
                    .isZero();
        } else {
            assertThat(write(path, carrier).stream()
                            .filter(each -> each.split(" ")[1].equals("named$sequenced"))
                            .map(each -> each.split(" ")[0]))
                    .as("all that is sent to the parent's table")
                    .isEqualTo(expected(path, carrier, present));
            assertStored(path, carrier, present);
        }
        CELLS.incrementAndGet();
    }

    private static List<String> expected(Path path, Carrier carrier, boolean present) {
        if (hasNoId(path, carrier)) {
            return !present && carrier == Carrier.SECOND_INSTANCE ? List.of("insert") : List.of();
        }
        boolean persistedByCode = !present && carrier.isManaged();
        if (persistedByCode) {
            return List.of("insert");
        }
        List<String> expected = new ArrayList<>(present ? carrier.whenPresent : carrier.whenAbsent);
        if (path == Path.MERGE && present && !carrier.isManaged()) {
            // The association is eager, and a merge reads what its copy refers to.
            expected.add("select");
        }
        return expected;
    }

    private void assertStored(Path path, Carrier carrier, boolean present) throws SQLException {
        assertThat(database.queryLong(
                        "SELECT count(*) FROM named$sequenced_part JOIN named$sequenced w ON w.id = whole_id"))
                .isEqualTo(hasNoId(path, carrier) ? 0 : 1);
        assertThat(database.queryLong("SELECT count(*) FROM named$sequenced_part"))
                .isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM named$sequenced"))
                .isEqualTo(hasNoId(path, carrier) && carrier == Carrier.NEW && !present ? 0 : 1);
    }

    /** What is sent from the write to the flush. */
    private static List<String> write(Path path, Carrier carrier) {
        return application.fromTransaction(entities -> {
            var part = new SequencedPart();
            part.whole = carrier.whole(entities);
            application.statements().clear();
            SequencedPart written = path.write(part, entities);
            entities.flush();
            List<String> sent = application.statements().statements();
            if (path != Path.NATIVE_METHOD) {
                assertThatItIsManaged(Objects.requireNonNull(written.whole), entities);
            }
            return sent;
        });
    }

    private static void assertThatItIsManaged(Sequenced whole, EntityManager entities) {
        assertThat(entities.contains(whole)).isTrue();
        Sequenced managed = (Sequenced) Hibernate.unproxy(whole);
        assertThat(managed.id).isNotNull();
        assertThat(Hibernate.unproxy(entities.find(Sequenced.class, managed.id)))
                .isSameAs(managed);
    }

    /** As it is, or by a second instance with the same natural id. */
    @ParameterizedTest(name = "{0}, second instance: {1}")
    @MethodSource("waysToARemovedParent")
    void refusesAParentThatIsRemoved(Path path, boolean second) throws SQLException {
        application.inTransaction(entities -> entities.persist(new Sequenced()));
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    var part = new SequencedPart();
                    part.whole = Carrier.MANAGED.whole(entities);
                    entities.remove(part.whole);
                    part.whole = second ? new Sequenced() : part.whole;
                    path.write(part, entities);
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_REMOVED));
        assertThat(database.queryLong("SELECT count(*) FROM named$sequenced")).isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM named$sequenced_part"))
                .isZero();
    }

    static Stream<Arguments> waysToARemovedParent() {
        return Stream.of(Path.PERSIST, Path.MERGE, Path.SAVE, Path.SAVE_ALL, Path.CASCADE)
                .flatMap(path -> Stream.of(true, false).map(second -> Arguments.of(path, second)));
    }
}
