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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
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

/** Every way to write a child, with every way in which it carries its parent. */
@Schema(DoorSchema.SQL)
class CarriersIT {

    private static final AtomicLong CELLS = new AtomicLong();
    private static final AtomicLong CELLS_OF_THEIR_OWN = new AtomicLong();
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
        System.out.println("ways to write x ids x carriers x present or absent: " + CELLS + " cells of "
                + cells().count() + " in a joined transaction, " + CELLS_OF_THEIR_OWN + " of "
                + cellsOfTheirOwn().count() + " in one of their own");
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE trays, talks, numbered_remarks, sequenced_remarks, identity_remarks CASCADE");
        application.statements().clear();
    }

    static Stream<Arguments> cells() {
        return Stream.of(WritePath.values())
                .flatMap(path -> Stream.of(ChildIds.values())
                        .flatMap(ids -> Stream.of(Carrier.values())
                                .flatMap(carrier -> Stream.of(true, false)
                                        .map(present -> Arguments.of(path, ids, carrier, present)))));
    }

    @ParameterizedTest(name = "{0}, {1} id, {2}, present: {3}")
    @MethodSource("cells")
    void writesTheChildAfterItsParent(WritePath path, ChildIds ids, Carrier carrier, boolean present)
            throws SQLException {
        if (present) {
            database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
        }
        List<String> sent = new ArrayList<>();
        application.inTransaction(entities -> {
            Remark child = ids.child();
            child.talk = carrier.talk(id, entities, application.statements());
            Talk given = child.talk;
            Remark written = path.write(child, entities, application);
            entities.flush();
            Talk carried = written.talk();
            sent.addAll(application.statements().statements());
            if (path != WritePath.NATIVE_METHOD) {
                assertInstances(path, child, given, written, carrier, present);
                assertThatItIsManaged(carried, entities);
            } else if (carried != null) {
                assertThat(entities.find(Talk.class, id)).isNotNull();
            }
        });
        assertThat(withoutIds(sent, ids)).isEqualTo(expected(path, ids, carrier, present));
        assertStored(path, ids, carrier, present);
        CELLS.incrementAndGet();
    }

    private void assertStored(WritePath path, ChildIds ids, Carrier carrier, boolean present) throws SQLException {
        if (carrier == Carrier.NULL) {
            assertThat(count(ids.table() + " WHERE talk_id IS NULL")).isEqualTo(1);
        } else {
            assertThat(count(ids.table() + " WHERE talk_id = '" + id + "'")).isEqualTo(1);
            assertThat(database.queryStrings("SELECT title || version FROM talks WHERE id = '" + id + "'"))
                    .containsExactly(present ? "stored3" : title(path, carrier) + "0");
        }
    }

    static Stream<Arguments> cellsOfTheirOwn() {
        return cells().filter(cell ->
                ((WritePath) cell.get()[0]).hasATransactionOfItsOwn() && !((Carrier) cell.get()[2]).isOfTheContext());
    }

    /** With what a session that is closed has left. */
    @ParameterizedTest(name = "{0}, {1} id, {2}, present: {3}")
    @MethodSource("cellsOfTheirOwn")
    void writesItInATransactionOfItsOwn(WritePath path, ChildIds ids, Carrier carrier, boolean present)
            throws SQLException {
        if (present) {
            database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
        }
        Remark child = ids.child();
        EntityManager shared = application.bean(EntityManager.class);
        application.inTransaction(entities -> child.talk = carrier.talk(id, entities, application.statements()));
        application.statements().clear();
        Talk given = child.talk;
        Remark written = path.write(child, shared, application);
        assertThat(withoutIds(application.statements().statements(), ids))
                .isEqualTo(expected(path, ids, carrier, present));
        assertStored(path, ids, carrier, present);
        if (path != WritePath.NATIVE_METHOD) {
            assertInstances(path, child, given, written, carrier, present);
            Talk carried = written.talk();
            if (carrier.isAnInstance() && carried != null && !present) {
                assertThat(carried.version()).isZero();
            }
        }
        CELLS_OF_THEIR_OWN.incrementAndGet();
    }

    /** An instance whose row is new becomes the parent itself; and a merge changes nothing of the child that it was given. */
    private static void assertInstances(
            WritePath path, Remark child, @Nullable Talk given, Remark written, Carrier carrier, boolean present) {
        assertThat(written == child).as("what was given is what is written").isEqualTo(!path.merges(child));
        if (path.merges(child)) {
            assertThat(child.talk).as("of the child that was merged").isSameAs(given);
        }
        Talk carried = written.talk();
        if (carrier.isAnInstance()) {
            assertThat(carried == given).as("what was given is the parent").isEqualTo(!present);
        } else if (carrier != Carrier.REFERENCE) {
            assertThat(carried == given).isEqualTo(carrier != Carrier.SECOND_INSTANCE);
        }
    }

    /** What brings the parent about, then the child's own statement; nothing else. */
    private static List<String> expected(WritePath path, ChildIds ids, Carrier carrier, boolean present) {
        boolean natively = path == WritePath.NATIVE_METHOD;
        // A method knows the id alone.
        List<String> expected = new ArrayList<>(
                natively && carrier != Carrier.NULL && !carrier.isOfTheContext()
                        ? Carrier.REFERENCE.statements(present)
                        : carrier.statements(present));
        if (carrier == Carrier.NULL && path == WritePath.FLUSH) {
            return expected;
        }
        boolean persistedByCode = !present && (carrier == Carrier.MANAGED || carrier == Carrier.SECOND_INSTANCE);
        if (persistedByCode && !path.flushesBefore()) {
            expected.add("insert talks x1");
        }
        String verb = path == WritePath.FLUSH ? "update " : "insert ";
        boolean alone = natively || ids == ChildIds.IDENTITY && path != WritePath.FLUSH;
        expected.add(verb + ids.table() + (alone ? "" : " x1"));
        return expected;
    }

    private static String title(WritePath path, Carrier carrier) {
        if (path == WritePath.NATIVE_METHOD && !carrier.isOfTheContext()) {
            return "untitled";
        }
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
    private static List<String> withoutIds(List<String> sent, ChildIds ids) {
        return sent.stream()
                .filter(statement -> !statement.contains("remark_numbers")
                        && !statement.contains("trays")
                        && !statement.equals("select " + ids.table()))
                .toList();
    }

    /** How a child carries a parent that is removed. */
    enum Removed {
        THE_INSTANCE {
            @Override
            Talk talk(UUID id, EntityManager entities) {
                Talk found = entities.find(Talk.class, id);
                entities.remove(found);
                return found;
            }
        },
        SECOND_INSTANCE {
            @Override
            Talk talk(UUID id, EntityManager entities) {
                THE_INSTANCE.talk(id, entities);
                return new Talk(id, "second");
            }
        },
        REFERENCE {
            @Override
            Talk talk(UUID id, EntityManager entities) {
                Talk reference = entities.getReference(Talk.class, id);
                entities.remove(reference);
                return reference;
            }
        };

        abstract Talk talk(UUID id, EntityManager entities);
    }

    static Stream<Arguments> waysToARemovedParent() {
        return Stream.of(WritePath.values())
                .filter(path -> !path.flushesBefore())
                .flatMap(path -> Stream.of(ChildIds.values())
                        .flatMap(ids -> Stream.of(Removed.values()).map(removed -> Arguments.of(path, ids, removed))));
    }

    @ParameterizedTest(name = "{0}, {1} id, {2}")
    @MethodSource("waysToARemovedParent")
    void refusesAParentThatIsRemoved(WritePath path, ChildIds ids, Removed removed) throws SQLException {
        database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
        assertThatItIsRefusedAsRemoved(() -> application.inTransaction(entities -> {
            Remark child = ids.child();
            child.talk = removed.talk(id, entities);
            path.write(child, entities, application);
        }));
        assertThat(count("talks")).isEqualTo(1);
        assertThat(count(ids.table())).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void refusesAParentThatIsRemovedBeforeTheFlush(ChildIds ids) throws SQLException {
        database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
        assertThatItIsRefusedAsRemoved(() -> application.inTransaction(entities -> {
            Remark child = ids.child();
            entities.persist(child);
            entities.flush();
            child.talk = entities.find(Talk.class, id);
            entities.remove(child.talk);
        }));
        assertThat(count("talks")).isEqualTo(1);
        assertThat(count(ids.table())).isZero();
    }

    private static void assertThatItIsRefusedAsRemoved(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_REMOVED));
    }

    /** Nothing of the created instance is left to chance: its next change is an UPDATE of the version that it has. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NATIVE_METHOD")
    void updatesTheCreatedParentLater(WritePath path) throws SQLException {
        application.inTransaction(entities -> {
            Remark child = ChildIds.SEQUENCE.child();
            child.talk = new Talk(id, "first");
            Talk created = path.write(child, entities, application).talk();
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
    void failsWithTheDoorSwitchedOff(WritePath path) {
        application.bean(GuardModes.class).set(GuardMode.OFF);
        try {
            assertThatThrownBy(() -> application.inTransaction(entities -> {
                        Remark child = ChildIds.SEQUENCE.child();
                        child.talk = entities.getReference(Talk.class, id);
                        path.write(child, entities, application);
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
