package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Role;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Row-level security on the child's table: the key that a child is sent once by is taken by a row that the role cannot see.
 * Nobody can say under which parent that one is, so that the call must fail and leave nothing.
 */
@Schema("""
        CREATE TABLE rooms (id int PRIMARY KEY, visits int NOT NULL DEFAULT 0);
        CREATE TABLE guests (
            id int PRIMARY KEY, room_id int NOT NULL REFERENCES rooms, tenant text NOT NULL DEFAULT current_user);
        ALTER TABLE guests ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON guests USING (tenant = current_user);
        """)
class HiddenChildrenIT {

    private static final int HIDDEN = 100;

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE rooms, guests; INSERT INTO rooms VALUES (1), (2);" + " INSERT INTO guests VALUES ("
                + HIDDEN + ", 1, 'somebody else')");
        Role role = Role.create(database, "tenant").grant("SELECT, INSERT, UPDATE, DELETE ON rooms, guests");
        connection = role.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
    }

    private enum Kind {
        KEEP(UnaryOperator.identity()),
        TOUCH(rule -> rule.touchVersion("visits"));

        private final UnaryOperator<ParentRuleBuilder> build;

        Kind(UnaryOperator<ParentRuleBuilder> build) {
            this.build = build;
        }
    }

    /** The parent is there, or new with the child. */
    static Stream<Arguments> calls() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(2, 3)
                        .flatMap(room -> Stream.of(Arguments.of(kind, room, true), Arguments.of(kind, room, false))));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void failsForAChildThatIsStoredAndHidden(Kind kind, int room, boolean autocommit, Database database)
            throws SQLException {
        ChildRule guests = guests(kind);
        connection.setAutoCommit(autocommit);
        assertFailsWithoutATrace(database, () -> ensure.insert(guests, guest(guests, HIDDEN, room)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void failsForABulkOfWhichOneIsStoredAndHidden(Kind kind, int room, boolean autocommit, Database database)
            throws SQLException {
        ChildRule guests = guests(kind);
        connection.setAutoCommit(autocommit);
        assertFailsWithoutATrace(
                database,
                () -> ensure.insertAll(guests, List.of(guest(guests, HIDDEN, room), guest(guests, 101, room))));
    }

    /** What it can see is what it was before. */
    @ParameterizedTest
    @MethodSource("calls")
    void recognisesWhatItMaySee(Kind kind, int room, boolean autocommit, Database database) throws SQLException {
        ChildRule guests = guests(kind);
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insert(guests, guest(guests, 101, room))).isInstanceOf(Inserted.class);
        assertThat(ensure.insert(guests, guest(guests, 101, room))).isInstanceOf(ChildOutcome.Duplicate.class);
        assertThat(ensure.insertAll(guests, List.of(guest(guests, 101, room), guest(guests, 102, room))))
                .hasExactlyElementsOfTypes(ChildOutcome.Duplicate.class, Inserted.class);
        if (!autocommit) {
            connection.commit();
        }
        assertThat(database.queryLong("SELECT count(*) FROM guests WHERE room_id = ?", room))
                .isEqualTo(2);
    }

    private void assertFailsWithoutATrace(Database database, Runnable call) throws SQLException {
        Map<String, ?> before = Contents.of(database);
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown).as("nobody knows the stored child's parent").isInstanceOf(GuardException.class);
        GuardException failure = (GuardException) thrown;
        assertThat(failure.code())
                .as("no parent was deleted: %s", failure.getMessage())
                .isNotEqualTo(FailureCode.PARENT_NOT_LOCKABLE);
        assertThat(failure.table().orElseThrow()).hasToString("public.guests");
        assertThat(failure.mayRetry()).isFalse();
        FailingCall.commitIfPossible(connection);
        assertThat(Contents.of(database)).isEqualTo(before);
    }

    private ChildRule guests(Kind kind) {
        ParentRule rooms =
                kind.build.apply(ParentRule.on(guard.graph(), "rooms")).build();
        return ChildRule.on(guard.graph(), "guests", rooms).onceBy("id").build();
    }

    private static ChildRow guest(ChildRule guests, int id, int room) {
        return guests.row(
                guests.parent().key(room), guests.values().set("id", id).build());
    }
}
