package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Columns whose type is a domain, or a domain over a domain: nothing is cut to fit, as a cast to the domain itself would do, and each
 * level's rules are in force.
 */
@Schema("""
        CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE TYPE mood AS ENUM ('GOOD', 'BAD');
        CREATE DOMAIN three AS varchar(3);
        CREATE DOMAIN nested AS three CONSTRAINT nested_upper CHECK (VALUE = upper(VALUE));
        CREATE DOMAIN third AS nested CONSTRAINT third_not_x CHECK (VALUE <> 'X');
        CREATE DOMAIN letters AS char(3);
        CREATE DOMAIN flags AS bit(3);
        CREATE DOMAIN some_flags AS varbit(3);
        CREATE DOMAIN threes AS varchar(3)[];
        CREATE DOMAIN cents AS numeric(6,2);
        CREATE DOMAIN price AS cents;
        CREATE DOMAIN given AS int NOT NULL;
        CREATE DOMAIN surely_given AS given;
        CREATE DOMAIN folded AS text COLLATE ignore_case;
        CREATE DOMAIN folded_again AS folded;
        CREATE DOMAIN humour AS mood;
        CREATE DOMAIN number AS int;
        CREATE TABLE shelves (
            code third NOT NULL, cents price NOT NULL,
            three three, nested nested, third third, letters letters, flags flags, some_flags some_flags, threes threes,
            array_of_three three[], array_of_third third[], price price, given surely_given DEFAULT 1,
            PRIMARY KEY (cents, code));
        CREATE TABLE books (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, cents price, code third,
            three three, nested nested, third third, letters letters, flags flags, some_flags some_flags, threes threes,
            array_of_three three[], array_of_third third[], price price, given surely_given DEFAULT 1,
            FOREIGN KEY (code, cents) REFERENCES shelves (code, cents));
        CREATE TABLE people (name folded_again PRIMARY KEY, humour humour DEFAULT 'GOOD', number number DEFAULT 0);
        CREATE TABLE pets (name folded_again REFERENCES people);
        """)
class DomainsIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;
    private ParentRule shelves;
    private ChildRule books;

    @BeforeEach
    void compile(Database database) throws SQLException {
        database.execute("TRUNCATE shelves, books, people, pets");
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        shelves = ParentRule.on(guard.graph(), "shelves").key("code", "cents").build();
        books = ChildRule.on(guard.graph(), "books", shelves).build();
    }

    /** A value, and how the server refuses it. */
    private record Refused(
            String column,
            @Nullable Object value,
            String sqlState,
            @Nullable String constraint) {

        RowValues in(RowValues.Builder values) {
            return values.set(column, value).build();
        }

        void isWhy(FailingCall failed) {
            failed.hasCode(FailureCode.VALUE_REJECTED).hasState(sqlState).hasConstraint(constraint);
        }
    }

    /** In every way of writing a parent. */
    static Stream<Arguments> refused() {
        return Stream.of(
                        new Refused("three", "abcd", "22001", null),
                        new Refused("nested", "ABCD", "22001", null),
                        new Refused("third", "ABCD", "22001", null),
                        new Refused("letters", "abcd", "22001", null),
                        new Refused("flags", "1010", "22026", null),
                        new Refused("flags", "10", "22026", null),
                        new Refused("some_flags", "1010", "22001", null),
                        new Refused("threes", new String[] {"abc", "abcd"}, "22001", null),
                        new Refused("threes", "{abc,abcd}", "22001", null),
                        new Refused("array_of_three", new String[] {"abc", "abcd"}, "22001", null),
                        new Refused("array_of_three", "{abc,abcd}", "22001", null),
                        new Refused("array_of_third", new String[] {"ABCD"}, "22001", null),
                        new Refused("array_of_third", new String[] {"abc"}, "23514", "nested_upper"),
                        new Refused("price", new BigDecimal("99999"), "22003", null),
                        new Refused("price", "a lot", "22P02", null),
                        new Refused("nested", "abc", "23514", "nested_upper"),
                        new Refused("third", "abc", "23514", "nested_upper"),
                        new Refused("third", "X", "23514", "third_not_x"),
                        new Refused("given", null, "23502", null))
                .flatMap(refused -> Stream.of(Way.values())
                        .flatMap(
                                way -> Stream.of(Arguments.of(refused, way, true), Arguments.of(refused, way, false))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesInTheParentWhatTheDomainRefuses(Refused refused, Way way, boolean autocommit, Database database)
            throws SQLException {
        RowValues values = refused.in(shelves.values());
        refused.isWhy(fails(
                database,
                way,
                autocommit,
                books.row(shelves.row(shelves.key("A", 1), values), nothing()),
                books.row(shelves.row(shelves.key("B", 1), values), nothing())));
    }

    static Stream<Arguments> refusedInChild() {
        return refused().filter(arguments -> ((Way) arguments.get()[1]).writesChild());
    }

    @ParameterizedTest
    @MethodSource("refusedInChild")
    void refusesInTheChildWhatTheDomainRefuses(Refused refused, Way way, boolean autocommit, Database database)
            throws SQLException {
        ChildRow row = books.row(shelves.key("A", 1), refused.in(books.values()));
        refused.isWhy(fails(database, way, autocommit, row, row));
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refusesAKeyThatIsTooLong(Way way, boolean autocommit, Database database) throws SQLException {
        database.execute("INSERT INTO shelves (code, cents) VALUES ('ABC', 1)");
        ChildRow row = books.row(shelves.key("ABCD", 1), nothing());
        fails(database, way, autocommit, row, row)
                .hasCode(FailureCode.VALUE_REJECTED)
                .hasState("22001");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refusesAKeyThatWouldLoseTrailingBlanks(Way way, boolean autocommit, Database database) throws SQLException {
        database.execute("INSERT INTO shelves (code, cents) VALUES ('ABC', 1)");
        ChildRow row = books.row(shelves.key("ABC ", 1), nothing());
        fails(database, way, autocommit, row, row)
                .hasCode(FailureCode.PARENT_HIDDEN)
                .hasState(null);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void findsAKeyThatTheDomainRounds(Way way, boolean autocommit, Database database) throws SQLException {
        connection.setAutoCommit(autocommit);
        for (String cents : List.of("1.005", "1.01", "1.0099")) {
            ChildRow row = books.row(shelves.key("ABC", new BigDecimal(cents)), nothing());
            way.run(ensure, books, row, row);
        }
        connection.setAutoCommit(true);
        assertThat(database.queryStrings("SELECT code || ' ' || cents FROM shelves"))
                .containsExactly("ABC 1.01");
    }

    /** Column, value and what is stored. */
    static Stream<Arguments> stored() {
        return Stream.of(
                Arguments.of("three", "abc", "abc"),
                Arguments.of("three", "abc  ", "abc"),
                Arguments.of("third", "ABC", "ABC"),
                Arguments.of("letters", "a", "a  "),
                Arguments.of("flags", "101", "101"),
                Arguments.of("some_flags", "10", "10"),
                Arguments.of("threes", new String[] {"abc", null}, "{abc,NULL}"),
                Arguments.of("threes", "{abc}", "{abc}"),
                Arguments.of("array_of_three", new String[] {"a\"c", null, "NUL"}, "{\"a\\\"c\",NULL,NUL}"),
                Arguments.of("array_of_three", "{abc}", "{abc}"),
                Arguments.of("array_of_third", new String[0], "{}"),
                Arguments.of("price", new BigDecimal("2.505"), "2.51"),
                Arguments.of("price", 2, "2.00"),
                Arguments.of("given", 7, "7"));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void storesWhatFits(String column, Object value, String stored, Database database) throws SQLException {
        int key = 0;
        for (Way way : Way.values()) {
            for (Object given : new @Nullable Object[] {value, null}) {
                if (given == null && column.equals("given")) {
                    continue;
                }
                RowValues ofParent = shelves.values().set(column, given).build();
                RowValues ofChild = books.values().set(column, given).build();
                way.run(
                        ensure,
                        books,
                        books.row(shelves.row(shelves.key("A", key++), ofParent), ofChild),
                        books.row(shelves.row(shelves.key("A", key++), ofParent), ofChild));
            }
        }
        for (String table : List.of("shelves", "books")) {
            String text = "CAST(\"" + column + "\" AS text)";
            if (column.equals("letters")) {
                text = "rpad(" + text + ", 3)";
            }
            assertThat(database.queryStrings(
                            "SELECT DISTINCT " + text + " FROM " + table + " WHERE \"" + column + "\" IS NOT NULL"))
                    .containsExactly(stored);
        }
    }

    /** Without blanks that varchar drops: a row that was stored without them differs, under a domain or not. */
    static Stream<Arguments> matched() {
        return stored().filter(arguments -> !"abc  ".equals(arguments.get()[1]));
    }

    @ParameterizedTest
    @MethodSource("matched")
    void comparesAMatchAsTheDomainDoes(String column, Object value, String stored) {
        ParentRule matching = ParentRule.on(guard.graph(), "shelves")
                .key("code", "cents")
                .match(column)
                .build();
        RowValues same = matching.values().set(column, value).build();
        for (int round = 0; round < 2; round++) {
            assertThat(ensure.ensure(matching, matching.key("A", 1), same)).isInstanceOf(EnsureOutcome.Present.class);
            assertThat(ensure.ensureAll(
                            matching,
                            List.of(
                                    matching.row(matching.key("A", 1), same),
                                    matching.row(matching.key("A", 2), same))))
                    .hasOnlyElementsOfType(EnsureOutcome.Present.class);
        }
    }

    @Test
    void comparesKeysAndStatesThroughEveryLevel(Database database) throws SQLException {
        ParentRule people = ParentRule.on(guard.graph(), "people")
                .requireState("humour", "GOOD")
                .touchVersion("number")
                .build();
        ChildRule pets = ChildRule.on(guard.graph(), "pets", people).build();
        ensure.ensure(people, people.key("Ann"), people.values().build());
        ensure.ensureAll(people, List.of(people.row(people.key("ANN")), people.row(people.key("ann"))));
        ensure.insert(pets, pets.row(people.key("aNN"), pets.values().build()));
        ensure.insertAll(
                pets,
                List.of(
                        pets.row(people.key("AnN"), pets.values().build()),
                        pets.row(people.key("anN"), pets.values().build())));
        assertThat(database.queryStrings("SELECT name || ' ' || number FROM people"))
                .containsExactly("Ann 4");
        assertThat(database.queryStrings("SELECT name FROM pets")).containsExactly("Ann", "Ann", "Ann");
    }

    private RowValues nothing() {
        return books.values().build();
    }

    private FailingCall fails(Database database, Way way, boolean autocommit, ChildRow good, ChildRow bad)
            throws SQLException {
        connection.setAutoCommit(autocommit);
        return FailingCall.on(connection, database, () -> way.run(ensure, books, good, bad));
    }
}
