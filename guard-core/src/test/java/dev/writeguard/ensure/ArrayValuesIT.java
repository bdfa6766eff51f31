package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays whose elements are rounded or cut: an element has a scale or a length as a value of its own has. */
@Schema("""
        CREATE DOMAIN prices AS numeric(10,2)[];
        CREATE DOMAIN price AS numeric(10,2);
        """)
class ArrayValuesIT {

    /** Type, elements that its columns round, and what is stored. */
    static Stream<Arguments> rounded() {
        return Stream.of(
                Arguments.of("numeric(10,2)[]", "numeric", new Object[] {new BigDecimal("1.005"), null}, "{1.01,NULL}"),
                Arguments.of("prices", "numeric", new Object[] {new BigDecimal("1.005")}, "{1.01}"),
                Arguments.of("price[]", "numeric", new Object[] {new BigDecimal("1.005")}, "{1.01}"),
                Arguments.of("time(1)[]", "time", new Object[] {"01:02:03.456"}, "{01:02:03.5}"),
                Arguments.of(
                        "timestamp(0)[]",
                        "timestamp",
                        new Object[] {"2026-07-01 12:30:00.6"},
                        "{\"2026-07-01 12:30:01\"}"),
                Arguments.of("interval(0)[]", "interval", new Object[] {"1.6 seconds"}, "{00:00:02}"),
                Arguments.of("char(3)[]", "text", new Object[] {"a    "}, "{\"a  \"}"));
    }

    private Connection connection;

    @BeforeEach
    void connect(Database database) throws SQLException {
        connection = database.connect();
    }

    @ParameterizedTest
    @MethodSource("rounded")
    void matchAsStored(String type, String element, Object[] elements, String stored, Database database)
            throws SQLException {
        recreate(database, "id int PRIMARY KEY, what " + type);
        Guard guard = Guard.of(connection);
        ParentRule rule = ParentRule.on(guard.graph(), "lists").match("what").build();
        EnsureParent ensure = guard.ensureParent(connection);
        ParentRow first = row(rule, 1, connection.createArrayOf(element, elements));
        ParentRow second = row(rule, 2, connection.createArrayOf(element, elements));
        assertThat(ensure.ensure(first)).isInstanceOf(Created.class);
        assertThat(ensure.ensureAll(rule, List.of(first, second)))
                .extracting(EnsureOutcome::name)
                .containsExactly("existing", "created");
        assertThat(database.queryStrings("SELECT what::text FROM lists")).containsExactly(stored, stored);
    }

    @ParameterizedTest
    @MethodSource("rounded")
    void areKeysAsStored(String type, String element, Object[] elements, String stored, Database database)
            throws SQLException {
        recreate(database, "what " + type + " PRIMARY KEY");
        Guard guard = Guard.of(connection);
        ParentRule rule = ParentRule.on(guard.graph(), "lists").build();
        EnsureParent ensure = guard.ensureParent(connection);
        Array key = connection.createArrayOf(element, elements);
        assertThat(ensure.ensure(rule.row(rule.key(key)))).isInstanceOf(Created.class);
        assertThat(ensure.ensure(rule.row(rule.key(stored)))).isInstanceOf(Existing.class);
        assertThat(ensure.ensureAll(rule, List.of(rule.row(rule.key(key)), rule.row(rule.key(stored)))))
                .hasOnlyElementsOfType(Existing.class);
        assertThat(database.queryStrings("SELECT what::text FROM lists")).containsExactly(stored);
    }

    /** The column cuts blanks without an error, and the array that is looked for still has them. */
    @Test
    void leaveNothingOfACallWhoseTrailingBlanksAreCut(Database database) throws SQLException {
        recreate(database, "id int PRIMARY KEY, what varchar(3)[]");
        Guard guard = Guard.of(connection);
        ParentRule rule = ParentRule.on(guard.graph(), "lists").match("what").build();
        EnsureParent ensure = guard.ensureParent(connection);
        Array blanks = connection.createArrayOf("text", new Object[] {"abc  "});
        for (Object value : List.of(blanks, new String[] {"abc  "}, "{\"abc  \"}")) {
            FailingCall.of(() -> ensure.ensure(row(rule, 1, value))).hasCode(FailureCode.CREATED_STATE);
            assertThat(database.queryLong("SELECT count(*) FROM lists")).isZero();
        }
        Array fits = connection.createArrayOf("text", new Object[] {"abc"});
        assertThat(ensure.ensure(row(rule, 1, fits))).isInstanceOf(Created.class);
    }

    @Test
    void areRefusedWhereAnElementIsTooLong(Database database) throws SQLException {
        recreate(database, "id int PRIMARY KEY, what varchar(3)[]");
        Guard guard = Guard.of(connection);
        ParentRule rule = ParentRule.on(guard.graph(), "lists").match("what").build();
        Array long4 = connection.createArrayOf("text", new Object[] {"abcd"});
        FailingCall.of(() -> guard.ensureParent(connection).ensure(row(rule, 1, long4)))
                .hasCode(FailureCode.VALUE_REJECTED)
                .hasState("22001");
    }

    private static ParentRow row(ParentRule rule, int id, Object what) {
        return rule.row(rule.key(id), rule.values().set("what", what).build());
    }

    private static void recreate(Database database, String columns) throws SQLException {
        database.execute("DROP TABLE IF EXISTS lists; CREATE TABLE lists (" + columns + ")");
    }
}
