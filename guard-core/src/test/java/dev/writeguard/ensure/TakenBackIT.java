package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/**
 * A call that fails or is refused in the caller's transaction, after it has written: the caller goes on and commits, and
 * nothing of the call is stored.
 */
@Schema("""
        CREATE TABLE regions (id int PRIMARY KEY);
        CREATE TABLE sites (id int PRIMARY KEY, region_id int NOT NULL REFERENCES regions, name text NOT NULL);
        CREATE TABLE rooms (id int PRIMARY KEY, site_id int NOT NULL REFERENCES sites, state text DEFAULT 'SHUT',
            owner int, visits int NOT NULL DEFAULT 0);
        CREATE TABLE guests (id int PRIMARY KEY, room_id int NOT NULL REFERENCES rooms, code int UNIQUE);
        """)
class TakenBackIT {

    private static final String AT_THE_LAST_MOMENT = """
            CREATE OR REPLACE FUNCTION rival() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO guests (id, room_id, code) VALUES (99, 9, 1);
                RETURN NULL;
            END $$;
            CREATE TRIGGER rival AFTER INSERT ON rooms EXECUTE FUNCTION rival()""";

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;
    private ParentRule regions;
    private ParentRule sites;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE regions, sites, rooms, guests; DROP FUNCTION IF EXISTS rival, keep CASCADE;"
                + " INSERT INTO regions VALUES (9); INSERT INTO sites VALUES (9, 9, 'there');"
                + " INSERT INTO rooms (id, site_id, state, owner) VALUES (9, 9, 'OPEN', 7)");
        use(database.connect());
    }

    private void use(Connection opened) throws SQLException {
        connection = opened;
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        regions = ParentRule.on(guard.graph(), "regions").build();
        sites = ParentRule.on(guard.graph(), "sites").build();
        connection.setAutoCommit(false);
    }

    @Test
    void takesBackAncestorsWhereTheParentCannotBeCreated(Database database) throws SQLException {
        ParentRow nameless = sites.row(sites.key(1)).under(regions.row(regions.key(1)));
        assertFails(FailureCode.VALUES_MISSING, () -> ensure.ensure(nameless));
        assertFails(FailureCode.VALUES_MISSING, () -> ensure.ensureAll(sites, List.of(nameless, nameless)));
        connection.commit();
        assertThat(contents(database)).isEqualTo("1 1 1 0");
    }

    /** The driver refuses the value before anything is sent, and the server's transaction is as good as ever. */
    @Test
    void takesBackAncestorsWhereTheDriverRefusesAValue(Database database) throws SQLException {
        ParentRow unknown = unknownName(1);
        assertFails(FailureCode.VALUE_REJECTED, () -> ensure.ensure(unknown));
        FailingCall.commitIfPossible(connection);
        assertThat(contents(database)).isEqualTo("1 1 1 0");
        assertFails(FailureCode.VALUE_REJECTED, () -> ensure.ensureAll(sites, List.of(unknown, unknownName(2))));
        FailingCall.commitIfPossible(connection);
        assertThat(contents(database)).isEqualTo("1 1 1 0");
    }

    @Test
    void takesBackAncestorsWhereTheDriverRefusesAValueOfTheChild(Database database) throws SQLException {
        ParentRule rooms = rooms(UnaryOperator.identity());
        ChildRule guests = guests(rooms);
        List<ChildRow> rows = List.of(unknownGuest(guests, 1), unknownGuest(guests, 2));
        assertFails(FailureCode.VALUE_REJECTED, () -> ensure.insert(guests, rows.get(0)));
        FailingCall.commitIfPossible(connection);
        assertThat(contents(database)).isEqualTo("1 1 1 0");
        assertFails(FailureCode.VALUE_REJECTED, () -> ensure.insertAll(guests, rows));
        FailingCall.commitIfPossible(connection);
        assertThat(contents(database)).isEqualTo("1 1 1 0");
    }

    @Test
    void takesBackAParentThatWasCreatedInAWrongState(Database database) throws SQLException {
        ParentRule rooms = rooms(rule -> rule.requireState("state", "OPEN"));
        assertFails(FailureCode.CREATED_STATE, () -> ensure.ensure(room(rooms, 1)));
        assertFails(FailureCode.CREATED_STATE, () -> ensure.ensureAll(rooms, List.of(room(rooms, 1), room(rooms, 2))));
        assertFails(FailureCode.CREATED_STATE, () -> insert(guests(rooms)));
        connection.commit();
        assertThat(contents(database)).isEqualTo("1 1 1 0");
    }

    @Test
    void takesBackAncestorsOfAParentThatWasCreatedInAWrongState(Database database) throws SQLException {
        ParentRule rooms = rooms(rule -> rule.requireState("state", "OPEN"));
        ParentRow room = room(rooms, 1).under(newSite(1));
        assertFails(FailureCode.CREATED_STATE, () -> ensure.ensure(room));
        connection.commit();
        assertThat(contents(database)).isEqualTo("1 1 1 0");
    }

    /** With autosave an error of the server ends one message only, and the transaction goes on. */
    @ParameterizedTest
    @EnumSource(AutoSave.class)
    void takesBackAncestorsOfAParentThatTheServerRefuses(AutoSave autosave, Database database) throws SQLException {
        connection.unwrap(PGConnection.class).setAutosave(autosave);
        ParentRow refused = sites.row(
                        sites.key(1), sites.values().set("name", "x\0y").build())
                .under(regions.row(regions.key(1)));
        assertFails(FailureCode.VALUE_REJECTED, () -> ensure.ensure(refused));
        FailingCall.commitIfPossible(connection);
        assertThat(contents(database)).isEqualTo("1 1 1 0");
    }

    @Test
    void keepsWhatTheCallerHadWrittenBefore(Database database) throws SQLException {
        ParentRule rooms = rooms(rule -> rule.requireState("state", "OPEN"));
        ensure.ensure(newSite(1));
        assertFails(
                FailureCode.CREATED_STATE, () -> ensure.ensure(room(rooms, 1).under(newSite(1))));
        connection.commit();
        assertThat(contents(database)).isEqualTo("2 2 1 0");
    }

    @Test
    void takesBackParentAndAncestorsOfAChildThatTurnsUpElsewhere(Database database) throws SQLException {
        database.execute(AT_THE_LAST_MOMENT);
        ParentRule rooms = rooms(UnaryOperator.identity());
        ChildRule guests = guests(rooms);
        ChildRow guest = guests.row(
                room(rooms, 1).under(newSite(1)),
                guests.values().set("id", 1).set("code", 1).build());
        assertThat(ensure.insert(guests, guest)).isInstanceOf(ChildOutcome.Elsewhere.class);
        connection.commit();
        // The rival's guest stays: it is not this call's.
        assertThat(contents(database)).isEqualTo("1 1 1 1");
    }

    /** A TOUCH of what was there cannot be taken back, because nobody knows what it was before. */
    @Test
    void abortsTheTransactionAfterATouch(Database database) throws SQLException {
        ParentRule rooms = rooms(rule -> rule.touchVersion("visits").requireState("state", "OPEN"));
        assertFails(FailureCode.CREATED_STATE, () -> ensure.ensureAll(rooms, List.of(room(rooms, 9), room(rooms, 1))));
        assertAborted();
        assertThat(database.queryLong("SELECT visits FROM rooms")).isZero();
    }

    @Test
    void abortsTheTransactionWhereATriggerKeepsTheRow(Database database) throws SQLException {
        database.execute("""
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                CREATE TRIGGER keep BEFORE DELETE ON rooms FOR EACH ROW EXECUTE FUNCTION keep()""");
        ParentRule rooms = rooms(rule -> rule.requireState("state", "OPEN"));
        GuardException failure = assertFails(FailureCode.CREATED_STATE, () -> ensure.ensure(room(rooms, 1)));
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        GuardException.class,
                        second -> assertThat(second.code()).isEqualTo(FailureCode.NOT_TAKEN_BACK));
        assertAborted();
        assertThat(contents(database)).isEqualTo("1 1 1 0");
    }

    @Test
    void abortsTheTransactionWhereTheRoleMayNotDelete(Database database) throws SQLException {
        database.execute(AT_THE_LAST_MOMENT);
        use(writer(database).connect());
        ParentRule rooms = rooms(UnaryOperator.identity());
        assertFails(FailureCode.NOT_TAKEN_BACK, () -> insert(guests(rooms)));
        assertAborted();
        assertThat(contents(database)).isEqualTo("1 1 1 0");
    }

    /** What can be known beforehand does not have to be taken back. */
    @Test
    void refusesABulkWithoutThePrivilegeToDelete(Database database) throws SQLException {
        use(writer(database).connect());
        ParentRule rooms = rooms(rule -> rule.match("owner"));
        ChildRule guests = guests(rooms);
        assertThat(ensure.insertAll(guests, List.of(guest(guests, 1), guest(guests, 9), guest(guests, 2))))
                .hasExactlyElementsOfTypes(
                        ChildOutcome.Withheld.class, ChildOutcome.Refused.class, ChildOutcome.Withheld.class);
        connection.commit();
        assertThat(contents(database)).isEqualTo("1 1 1 0");
    }

    private void insert(ChildRule guests) {
        ensure.insert(guests, guest(guests, 1));
    }

    private static Role writer(Database database) throws SQLException {
        return Role.create(database, "writer").grant("SELECT, INSERT, UPDATE ON regions, sites, rooms, guests");
    }

    private GuardException assertFails(FailureCode code, Runnable call) {
        GuardException failure = catchThrowableOfType(GuardException.class, call::run);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        return failure;
    }

    private void assertAborted() throws SQLException {
        SQLException failure =
                (SQLException) catchThrowable(() -> connection.createStatement().execute("SELECT 1"));
        assertThat(failure.getSQLState()).isEqualTo("25P02");
        connection.rollback();
    }

    private ParentRule rooms(UnaryOperator<ParentRuleBuilder> kind) {
        return kind.apply(ParentRule.on(guard.graph(), "rooms")).build();
    }

    private ChildRule guests(ParentRule rooms) {
        return ChildRule.on(guard.graph(), "guests", rooms).onceBy("code").build();
    }

    private ParentRow room(ParentRule rooms, int id) {
        return rooms.row(
                rooms.key(id), rooms.values().set("site_id", 9).set("owner", 1).build());
    }

    private ParentRow newSite(int id) {
        return sites.row(sites.key(id), sites.values().set("name", "new").build())
                .under(regions.row(regions.key(id)));
    }

    /** Its name is of no class that the driver could send. */
    private ParentRow unknownName(int id) {
        return sites.row(sites.key(id), sites.values().set("name", new Object()).build())
                .under(regions.row(regions.key(id)));
    }

    private ChildRow unknownGuest(ChildRule guests, int room) {
        return guests.row(
                room(guests.parent(), room).under(newSite(room)),
                guests.values().set("id", new Object()).set("code", room).build());
    }

    private ChildRow guest(ChildRule guests, int room) {
        return guests.row(
                room(guests.parent(), room),
                guests.values().set("id", room).set("code", room).build());
    }

    /** How many regions, sites, rooms and guests there are. */
    private static String contents(Database database) throws SQLException {
        return database.queryStrings("SELECT (SELECT count(*) FROM regions) || ' ' || (SELECT count(*) FROM sites)"
                        + " || ' ' || (SELECT count(*) FROM rooms) || ' ' || (SELECT count(*) FROM guests)")
                .get(0);
    }
}
