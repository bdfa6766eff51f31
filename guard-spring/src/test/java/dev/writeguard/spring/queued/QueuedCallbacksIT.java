package dev.writeguard.spring.queued;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.queued.QueuedApplication.Bank;
import dev.writeguard.spring.queued.QueuedApplication.Child;
import dev.writeguard.spring.queued.QueuedApplication.Identified;
import dev.writeguard.spring.queued.QueuedApplication.Joined;
import dev.writeguard.spring.queued.QueuedApplication.JoinedBelow;
import dev.writeguard.spring.queued.QueuedApplication.Placed;
import dev.writeguard.spring.queued.QueuedApplication.Region;
import dev.writeguard.spring.queued.QueuedApplication.Sequenced;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Several children in one flush, whose parents nobody knows before their rows are written. */
@Schema("")
class QueuedCallbacksIT {

    private static final int CHILDREN = 7;
    private static DoorApplication application;

    private final Database database;

    QueuedCallbacksIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = QueuedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        database.execute("TRUNCATE bank, region, sequenced, identified, joined, joined_below, placed CASCADE;"
                + " INSERT INTO bank (id, version) VALUES (1, 0), (3, 0)");
    }

    /** The child. */
    enum Kind {
        SEQUENCED(Sequenced::new),
        IDENTIFIED(Identified::new),
        JOINED(Joined::new),
        JOINED_BELOW(JoinedBelow::new);

        private final Supplier<Child> create;

        Kind(Supplier<Child> create) {
            this.create = create;
        }

        String table() {
            return this == JOINED_BELOW ? "joined" : name();
        }
    }

    /** When the callback is called. */
    enum When {
        INSERT {
            @Override
            void write(List<Child> children, EntityManager entities) {
                LongStream.range(0, CHILDREN).forEach(i -> aim(children.get((int) i), i, entities));
                children.forEach(entities::persist);
            }
        },
        UPDATE {
            @Override
            void write(List<Child> children, EntityManager entities) {
                children.forEach(entities::persist);
                entities.flush();
                LongStream.range(0, CHILDREN).forEach(i -> {
                    aim(children.get((int) i), i, entities);
                    children.get((int) i).name = "changed";
                });
            }
        },

        /** New ones and changed ones in one flush. */
        BOTH {
            @Override
            void write(List<Child> children, EntityManager entities) {
                List<Child> before = children.subList(0, 3);
                before.forEach(entities::persist);
                entities.flush();
                LongStream.range(0, CHILDREN).forEach(i -> {
                    aim(children.get((int) i), i, entities);
                    children.get((int) i).name = "changed";
                });
                children.subList(3, CHILDREN).forEach(entities::persist);
            }
        };

        abstract void write(List<Child> children, EntityManager entities);

        /** At banks of which those with an odd id are there, and that are shared. */
        static void aim(Child child, long number, EntityManager entities) {
            child.next = entities.getReference(Bank.class, number % 4);
            child.nextOther = entities.getReference(Bank.class, (number + 2) % 5);
        }
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(When.values()).map(when -> Arguments.of(kind, when)));
    }

    private static void write(Kind kind, When when) {
        List<Child> children = Stream.generate(kind.create).limit(CHILDREN).toList();
        application.inTransaction(entities -> when.write(children, entities));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void writesEachRowAfterItsParents(Kind kind, When when) throws SQLException {
        write(kind, when);
        assertThat(database.queryStrings("SELECT bank_id || ' ' || other_id FROM " + kind.table() + " ORDER BY 1"))
                .isEqualTo(LongStream.range(0, CHILDREN)
                        .mapToObj(i -> i % 4 + " " + (i + 2) % 5)
                        .sorted()
                        .toList());
        assertThat(database.queryStrings("SELECT id::text || version FROM bank ORDER BY id"))
                .containsExactly("00", "10", "20", "30", "40");
        if (kind == Kind.JOINED_BELOW) {
            assertThat(database.queryLong(
                            "SELECT count(*) FROM joined_below JOIN joined USING (id) WHERE below_id = bank_id"))
                    .isEqualTo(CHILDREN);
        }
    }

    /** Without the door these writes fail. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void failsWithTheDoorSwitchedOff(Kind kind, When when) {
        application.bean(GuardModes.class).set(GuardMode.OFF);
        assertThatThrownBy(() -> write(kind, when))
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
    }

    /** The batches stay batches. */
    @ParameterizedTest
    @EnumSource(names = {"SEQUENCED", "JOINED_BELOW"})
    void keepsTheBatchesOfTheChildren(Kind kind) {
        application.statements().clear();
        write(kind, When.INSERT);
        List<String> sent = new ArrayList<>(application.statements().statements());
        sent.removeIf(each -> !each.startsWith("insert "));
        assertThat(sent)
                .isEqualTo(
                        kind == Kind.SEQUENCED
                                ? List.of("insert sequenced x7")
                                : List.of("insert joined x7", "insert joined_below x7"));
    }

    /** Each parent is asked for once, whatever the number of rows that refer to it. */
    @ParameterizedTest
    @EnumSource(When.class)
    void asksForEachParentOnce(When when) {
        application.statements().clear();
        write(Kind.SEQUENCED, when);
        assertThat(application.statements().statements())
                .filteredOn(sent -> sent.equals("ensure bank"))
                .hasSizeLessThanOrEqualTo(3);
        assertThat(application.statements().statements())
                .filteredOn(sent -> sent.equals("lock bank"))
                .hasSizeLessThanOrEqualTo(5);
    }

    /** As everywhere else, what one row needs is gathered before any of it is asked for. */
    @Test
    void ensuresBothParentsOfARowInOneMessage() {
        application.statements().clear();
        application.inTransaction(entities -> {
            var child = new Sequenced();
            child.next = entities.getReference(Bank.class, 7L);
            child.nextOther = entities.getReference(Bank.class, 5L);
            entities.persist(child);
        });
        assertThat(application.statements().statements())
                .filteredOn(sent -> sent.endsWith(" bank"))
                .containsExactly("lock bank", "ensure bank");
    }

    private static void placed(Region region, EntityManager entities) {
        for (long id : new long[] {7, 8}) {
            var child = new Placed();
            child.region = region;
            child.next = entities.getReference(Bank.class, id);
            entities.persist(child);
        }
    }

    @Test
    void writesAParentWhoseTemplateRefersToWhatIsPersistedLater() throws SQLException {
        application.inTransaction(entities -> {
            var region = new Region(5);
            placed(region, entities);
            entities.persist(region);
        });
        assertThat(database.queryStrings(
                        "SELECT b.id || ' ' || region_id FROM placed JOIN bank b ON b.id = bank_id ORDER BY 1"))
                .containsExactly("7 5", "8 5");
    }

    /** The bank's row needs the region's, the child's row needs the bank's, and Hibernate has put the child first. */
    @Test
    void saysThatWhatATemplateRefersToIsQueuedBehindTheChild() throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    var region = new Region(5);
                    entities.persist(region);
                    placed(region, entities);
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.REFERENCE_MISSING));
        assertThat(database.queryLong("SELECT count(*) FROM placed")).isZero();
    }

    @Test
    void writesAParentWhoseTemplateRefersToWhatIsQueuedWhenTheChildIsChanged() throws SQLException {
        application.inTransaction(entities -> {
            var first = new Placed();
            entities.persist(first);
            entities.flush();
            first.region = new Region(5);
            first.next = entities.getReference(Bank.class, 7L);
            first.bank = entities.getReference(Bank.class, 1L);
            entities.persist(first.region);
        });
        assertThat(database.queryStrings(
                        "SELECT b.id || ' ' || region_id FROM placed JOIN bank b ON b.id = bank_id ORDER BY 1"))
                .containsExactly("7 5");
    }
}
