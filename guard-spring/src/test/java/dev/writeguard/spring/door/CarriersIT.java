package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.jpa.repository.JpaRepository;

/** Every way to write a child, with every way in which it carries its parent. */
@Schema(DoorSchema.SQL)
class CarriersIT {

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final AtomicLong CELLS = new AtomicLong();
    private static DoorApplication application;

    private final Database database;
    private final UUID id = UUID.randomUUID();

    CarriersIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = DoorApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
        System.out.println(
                "ways to write x ids x carriers x present or absent: " + CELLS + " cells of " + cells().count());
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE trays, talks, numbered_remarks, sequenced_remarks, identity_remarks CASCADE");
        application.statements().clear();
    }

    /** The ways to write a child. */
    enum Path {
        PERSIST {
            @Override
            Remark write(Remark child, EntityManager entities) {
                entities.persist(child);
                return child;
            }
        },
        MERGE {
            @Override
            Remark write(Remark child, EntityManager entities) {
                return entities.merge(child);
            }
        },

        SAVE {
            @Override
            Remark write(Remark child, EntityManager entities) {
                return repository(child).save(child);
            }
        },
        SAVE_ALL {
            @Override
            Remark write(Remark child, EntityManager entities) {
                return repository(child).saveAll(List.of(child)).get(0);
            }
        },
        CASCADE {
            @Override
            Remark write(Remark child, EntityManager entities) {
                entities.persist(new Tray().put(child));
                return child;
            }
        },

        /** A managed tray comes to refer to a new child, which no event tells of before the flush. */
        CASCADE_AT_FLUSH {
            @Override
            Remark write(Remark child, EntityManager entities) {
                var tray = new Tray();
                entities.persist(tray);
                entities.flush();
                application.statements().clear();
                tray.put(child);
                return child;
            }
        },

        /** A managed child without a parent gets one. */
        FLUSH {
            @Override
            Remark write(Remark child, EntityManager entities) {
                Talk talk = child.talk;
                child.talk = null;
                entities.persist(child);
                entities.flush();
                application.statements().clear();
                child.talk = talk;
                entities.flush();
                return child;
            }
        };

        abstract Remark write(Remark child, EntityManager entities);

        /** Whether it flushes before the child comes to refer to its parent. */
        boolean flushesBefore() {
            return this == FLUSH || this == CASCADE_AT_FLUSH;
        }

        @SuppressWarnings("unchecked") // of what class they are, the child says
        private static JpaRepository<Remark, Long> repository(Remark child) {
            Class<?> type = child instanceof NumberedRemark
                    ? NumberedRemarkRepository.class
                    : child instanceof SequencedRemark ? RemarkRepository.class : IdentityRemarkRepository.class;
            return (JpaRepository<Remark, Long>) application.bean(type);
        }
    }

    /** What gives a child its id. */
    enum Ids {
        ASSIGNED(() -> {
            var remark = new NumberedRemark();
            remark.id = NUMBERS.incrementAndGet();
            return remark;
        }),
        SEQUENCE(SequencedRemark::new),
        IDENTITY(IdentityRemark::new);

        private final Supplier<Remark> create;

        Ids(Supplier<Remark> create) {
            this.create = create;
        }

        Remark child() {
            return create.get();
        }

        String table() {
            return child().getClass().getAnnotation(Table.class).name();
        }
    }

    /** How a child carries its parent. */
    enum Carrier {
        NULL(List.of(), List.of()) {
            @Override
            @Nullable
            Talk talk(UUID id, EntityManager entities) {
                return null;
            }
        },
        ID_ONLY(List.of("ensure talks"), List.of("ensure talks")) {
            @Override
            Talk talk(UUID id, EntityManager entities) {
                return new Talk(id);
            }
        },
        VALUES(List.of("ensure talks"), List.of("ensure talks")) {
            @Override
            Talk talk(UUID id, EntityManager entities) {
                return new Talk(id, "given");
            }
        },
        REFERENCE(List.of("lock talks"), List.of("lock talks", "ensure talks")) {
            @Override
            Talk talk(UUID id, EntityManager entities) {
                return entities.getReference(Talk.class, id);
            }
        },
        MANAGED(List.of("lock talks"), List.of()) {
            @Override
            Talk talk(UUID id, EntityManager entities) {
                Talk found = entities.find(Talk.class, id);
                application.statements().clear();
                if (found == null) {
                    found = new Talk(id, "given");
                    entities.persist(found);
                }
                return found;
            }
        },
        SECOND_INSTANCE(List.of("lock talks"), List.of()) {
            @Override
            Talk talk(UUID id, EntityManager entities) {
                MANAGED.talk(id, entities);
                return new Talk(id, "second");
            }
        },
        DETACHED(List.of("ensure talks"), List.of("ensure talks")) {
            @Override
            Talk talk(UUID id, EntityManager entities) {
                Talk found = entities.find(Talk.class, id);
                entities.clear();
                application.statements().clear();
                Talk detached = found == null ? new Talk(id, "given") : found;
                detached.version = 0;
                return detached;
            }
        };

        private final List<String> whenPresent;
        private final List<String> whenAbsent;

        Carrier(List<String> whenPresent, List<String> whenAbsent) {
            this.whenPresent = whenPresent;
            this.whenAbsent = whenAbsent;
        }

        abstract @Nullable Talk talk(UUID id, EntityManager entities);

        List<String> statements(boolean present) {
            return present ? whenPresent : whenAbsent;
        }
    }

    static Stream<Arguments> cells() {
        return Stream.of(Path.values())
                .flatMap(path -> Stream.of(Ids.values())
                        .flatMap(ids -> Stream.of(Carrier.values())
                                .flatMap(carrier -> Stream.of(true, false)
                                        .map(present -> Arguments.of(path, ids, carrier, present)))));
    }

    @ParameterizedTest(name = "{0}, {1} id, {2}, present: {3}")
    @MethodSource("cells")
    void writesTheChildAfterItsParent(Path path, Ids ids, Carrier carrier, boolean present) throws SQLException {
        if (present) {
            database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
        }
        List<String> sent = new ArrayList<>();
        application.inTransaction(entities -> {
            Remark child = ids.child();
            child.talk = carrier.talk(id, entities);
            Remark written = path.write(child, entities);
            entities.flush();
            Talk carried = written.talk();
            sent.addAll(application.statements().statements());
            assertThatItIsManaged(carried, entities);
        });
        assertThat(withoutIds(sent, ids)).isEqualTo(expected(path, ids, carrier, present));
        if (carrier == Carrier.NULL) {
            assertThat(count(ids.table() + " WHERE talk_id IS NULL")).isEqualTo(1);
        } else {
            assertThat(count(ids.table() + " WHERE talk_id = '" + id + "'")).isEqualTo(1);
            assertThat(database.queryStrings("SELECT title || version FROM talks WHERE id = '" + id + "'"))
                    .containsExactly(present ? "stored3" : title(carrier) + "0");
        }
        CELLS.incrementAndGet();
    }

    /** What brings the parent about, then the child's own statement; nothing else. */
    private static List<String> expected(Path path, Ids ids, Carrier carrier, boolean present) {
        List<String> expected = new ArrayList<>(carrier.statements(present));
        if (carrier == Carrier.NULL && path == Path.FLUSH) {
            return expected;
        }
        boolean persistedByCode = !present && (carrier == Carrier.MANAGED || carrier == Carrier.SECOND_INSTANCE);
        if (persistedByCode && !path.flushesBefore()) {
            expected.add("insert talks x1");
        }
        String verb = path == Path.FLUSH ? "update " : "insert ";
        expected.add(verb + ids.table() + (ids == Ids.IDENTITY && path != Path.FLUSH ? "" : " x1"));
        return expected;
    }

    private static String title(Carrier carrier) {
        return switch (carrier) {
            case ID_ONLY, REFERENCE -> "untitled";
            default -> "given";
        };
    }

    /** The context knows the stored row, and a later change becomes an UPDATE of its version. */
    private void assertThatItIsManaged(@Nullable Talk carried, EntityManager entities) {
        if (carried == null) {
            return;
        }
        assertThat(entities.contains(carried)).as("managed").isTrue();
        Talk found = entities.find(Talk.class, id);
        assertThat(Hibernate.unproxy(found)).isSameAs(Hibernate.unproxy(carried));
    }

    /** The child's own sequence and, for a merge, its own SELECT. */
    private static List<String> withoutIds(List<String> sent, Ids ids) {
        return sent.stream()
                .filter(statement -> !statement.contains("remark_numbers")
                        && !statement.contains("trays")
                        && !statement.equals("select " + ids.table()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"PERSIST", "MERGE"})
    void refusesAParentThatIsRemoved(Path path) throws SQLException {
        database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    Remark child = Ids.SEQUENCE.child();
                    child.talk = entities.find(Talk.class, id);
                    entities.remove(child.talk);
                    path.write(child, entities);
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_REMOVED));
        assertThat(count("sequenced_remarks")).isZero();
    }

    @Test
    void refusesAParentThatIsRemovedBeforeTheFlush() throws SQLException {
        database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    Remark child = Ids.SEQUENCE.child();
                    entities.persist(child);
                    entities.flush();
                    child.talk = entities.find(Talk.class, id);
                    entities.remove(child.talk);
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_REMOVED));
        assertThat(count("talks")).isEqualTo(1);
        assertThat(count("sequenced_remarks")).isZero();
    }

    /** Nothing of the created instance is left to chance: its next change is an UPDATE of the version that it has. */
    @ParameterizedTest
    @EnumSource
    void updatesTheCreatedParentLater(Path path) throws SQLException {
        application.inTransaction(entities -> {
            Remark child = Ids.SEQUENCE.child();
            child.talk = new Talk(id, "first");
            Talk created = path.write(child, entities).talk();
            entities.flush();
            created.title = "second";
        });
        assertThat(database.queryStrings("SELECT title || version FROM talks")).containsExactly("second1");
    }

    /** What one rule has locked is looked at again by one that compares. */
    @Test
    void asksEachRuleOfAParentByItself() throws SQLException {
        database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    entities.persist(new SequencedRemark(new Talk(id, "of owner 1")));
                    entities.persist(new Post(new Talk(id, "of owner 1")));
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_MISMATCH));
        assertThat(count("posts")).isZero();
    }

    /** Somebody else's talk does not become one's own because it was read before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void comparesWhatWasGivenAndNotWhatIsManaged(boolean read) throws SQLException {
        database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    if (read) {
                        entities.find(Talk.class, id);
                    }
                    var own = new Talk(id, "of owner 7");
                    own.ownerId = 7;
                    entities.persist(new Post(own));
                    entities.persist(new Post(new Talk(id, "of owner 1")));
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_MISMATCH));
        assertThat(count("posts")).isZero();
    }

    /** Without the door the same writes fail. */
    @ParameterizedTest
    @EnumSource
    void failsWithTheDoorSwitchedOff(Path path) {
        application.bean(GuardModes.class).set(GuardMode.OFF);
        try {
            assertThatThrownBy(() -> application.inTransaction(entities -> {
                        Remark child = Ids.SEQUENCE.child();
                        child.talk = entities.getReference(Talk.class, id);
                        path.write(child, entities);
                        entities.flush();
                    }))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
    }

    private long count(String table) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + table);
    }
}
