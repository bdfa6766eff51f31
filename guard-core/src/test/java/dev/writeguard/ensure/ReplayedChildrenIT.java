package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A child that is stored is a duplicate, whatever has become of its parent since; the others of its bulk are stored. */
@Schema("""
        CREATE TABLE rooms (
            id int PRIMARY KEY, owner int, state text NOT NULL DEFAULT 'OPEN', visits int NOT NULL DEFAULT 0);
        CREATE TABLE guests (id int PRIMARY KEY, room_id int NOT NULL REFERENCES rooms);
        CREATE TABLE notes (id int PRIMARY KEY, room_id int NOT NULL);
        """)
class ReplayedChildrenIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE rooms, guests, notes; INSERT INTO rooms VALUES (1, 7, 'SHUT'), (3, 8, 'OPEN');"
                + " INSERT INTO guests VALUES (100, 1); INSERT INTO notes VALUES (100, 1), (200, 9)");
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
    }

    private enum Kind {
        MATCH(rule -> rule.match("owner")),
        STATE(rule -> rule.requireState("state", "OPEN")),
        MATCH_AND_TOUCH(rule -> rule.match("owner").touchVersion("visits")),
        MATCH_LOOKING_FIRST(rule -> rule.match("owner").lookFirst());

        private final UnaryOperator<ParentRuleBuilder> build;

        Kind(UnaryOperator<ParentRuleBuilder> build) {
            this.build = build;
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(Kind.values()).flatMap(kind -> Stream.of(Arguments.of(kind, true), Arguments.of(kind, false)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void storesTheOthersWhereTheParentOfADuplicateMayNotBeUsed(Kind kind, boolean autocommit, Database database)
            throws SQLException {
        ChildRule guests = guestsOf(kind);
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insertAll(guests, List.of(guest(guests, 100, 1), guest(guests, 101, 2))))
                .hasExactlyElementsOfTypes(Duplicate.class, Inserted.class);
        end();
        assertThat(stored("guests", database)).containsExactly("100 1", "101 2");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void storesTheOthersUnderParentsOfBothKinds(Kind kind, boolean autocommit, Database database) throws SQLException {
        ChildRule guests = guestsOf(kind);
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insertAll(
                        guests,
                        List.of(
                                guest(guests, 101, 2),
                                guest(guests, 102, 3),
                                guest(guests, 100, 1),
                                guest(guests, 103, 2))))
                .hasExactlyElementsOfTypes(Inserted.class, Inserted.class, Duplicate.class, Inserted.class);
        end();
        assertThat(stored("guests", database)).containsExactly("100 1", "101 2", "102 3", "103 2");
    }

    /** Where not each child of a refused parent is stored, the bulk is refused. */
    @ParameterizedTest
    @MethodSource("kinds")
    void refusesTheBulkForANewChildOfThatParent(Kind kind, boolean autocommit, Database database) throws SQLException {
        ChildRule guests = guestsOf(kind);
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insertAll(
                        guests, List.of(guest(guests, 100, 1), guest(guests, 101, 1), guest(guests, 102, 2))))
                .hasExactlyElementsOfTypes(Duplicate.class, ChildOutcome.Refused.class, ChildOutcome.Withheld.class);
        end();
        assertThat(stored("guests", database)).containsExactly("100 1");
        assertThat(database.queryLong("SELECT count(*) FROM rooms")).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isADuplicateByItself(Kind kind, boolean autocommit, Database database) throws SQLException {
        ChildRule guests = guestsOf(kind);
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insert(guests, guest(guests, 100, 1))).isInstanceOf(Duplicate.class);
        end();
        assertThat(stored("guests", database)).containsExactly("100 1");
    }

    /** Who gives another owner than the room's learns that the child is there, and nothing that is in it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isADuplicateWithoutAnyStoredColumnForWhoDoesNotMatch(boolean autocommit) throws SQLException {
        ParentRule rooms =
                Kind.MATCH.build.apply(ParentRule.on(guard.graph(), "rooms")).build();
        ChildRule guests = ChildRule.on(guard.graph(), "guests", rooms)
                .onceBy("id")
                .returning("room_id")
                .build();
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insert(guests, guest(guests, 100, 1, 8)))
                .isInstanceOfSatisfying(
                        Duplicate.class,
                        duplicate -> assertThat(duplicate.stored().columns()).isEmpty());
        assertThat(ensure.insert(guests, guest(guests, 100, 1, 7)))
                .isInstanceOfSatisfying(
                        Duplicate.class,
                        duplicate ->
                                assertThat(duplicate.stored().value("room_id")).isEqualTo(1));
        end();
    }

    /** The note was stored under the key that is given, and no foreign key has kept its parent there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isADuplicateWhereTheParentOfASoftReferenceIsGone(boolean autocommit, Database database) throws SQLException {
        ChildRule notes = softNotes();
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insert(notes, guest(notes, 200, 9))).isInstanceOf(Duplicate.class);
        end();
        assertThat(stored("notes", database)).containsExactly("100 1", "200 9");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isADuplicateInABulkWhereTheParentOfASoftReferenceIsGone(boolean autocommit, Database database)
            throws SQLException {
        ChildRule notes = softNotes();
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insertAll(notes, List.of(guest(notes, 200, 9), guest(notes, 101, 2))))
                .hasExactlyElementsOfTypes(Duplicate.class, Inserted.class);
        end();
        assertThat(stored("notes", database)).containsExactly("100 1", "101 2", "200 9");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isElsewhereUnderAnotherKeyThanGiven(boolean autocommit, Database database) throws SQLException {
        ChildRule notes = softNotes();
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insert(notes, guest(notes, 200, 8))).isInstanceOf(ChildOutcome.Elsewhere.class);
        assertThat(ensure.insertAll(notes, List.of(guest(notes, 200, 8), guest(notes, 101, 2))))
                .hasExactlyElementsOfTypes(ChildOutcome.Elsewhere.class, ChildOutcome.Withheld.class);
        end();
        assertThat(stored("notes", database)).containsExactly("100 1", "200 9");
    }

    private ChildRule guestsOf(Kind kind) {
        ParentRule rooms =
                kind.build.apply(ParentRule.on(guard.graph(), "rooms")).build();
        return ChildRule.on(guard.graph(), "guests", rooms).onceBy("id").build();
    }

    private ChildRule softNotes() {
        ParentRule rooms = ParentRule.on(guard.graph(), "rooms").soft().build();
        return ChildRule.on(guard.graph(), "notes", rooms)
                .columns("room_id")
                .onceBy("id")
                .build();
    }

    private static ChildRow guest(ChildRule rule, int id, int room) {
        return guest(rule, id, room, 8);
    }

    private static ChildRow guest(ChildRule rule, int id, int room, int owner) {
        ParentRule rooms = rule.parent();
        return rule.row(
                rooms.row(rooms.key(room), rooms.values().set("owner", owner).build()),
                rule.values().set("id", id).build());
    }

    private static List<String> stored(String table, Database database) throws SQLException {
        return database.queryStrings("SELECT id || ' ' || room_id FROM " + table + " ORDER BY id");
    }

    private void end() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }
}
