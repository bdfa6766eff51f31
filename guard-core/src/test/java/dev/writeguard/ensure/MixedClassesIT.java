package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of several Java classes for one column in one bulk: each is stored, and compared, as it would be in a call of its own. */
@Schema("""
        CREATE TABLE single (id int PRIMARY KEY, i2 int2, i8 int8, f8 float8, n numeric, t text, d date, s timestamp,
            z timestamptz, b bytea, u uuid, c varchar(40));
        CREATE TABLE bulk (LIKE single INCLUDING ALL);
        CREATE TABLE by_int8 (k int8 PRIMARY KEY, version int NOT NULL DEFAULT 0);
        CREATE TABLE children (
            id numeric PRIMARY KEY, k int8 NOT NULL REFERENCES by_int8, note text);
        """)
class MixedClassesIT {

    private static final LocalDate JULY = LocalDate.of(2026, 7, 1);
    private static final LocalDateTime NOON = JULY.atTime(12, 0);
    private static final UUID ID = UUID.fromString("0fa6a0a3-0e0a-4a54-a1b5-8a3a3c1f0a01");

    private Database database;
    private Guard guard;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        this.database = database;
        database.execute("TRUNCATE single, bulk, by_int8, children");
        Connection connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                column("i2", (short) 1, 2.5, new BigDecimal("2.5"), 3.5f, "4"),
                column("i8", 7L, new BigDecimal("7.5"), 8.5, 9.5f, "10", Long.MAX_VALUE),
                column("f8", 1, 0.1, 0.1f, new BigDecimal("0.1"), Long.MAX_VALUE, "1e3"),
                column("n", 1, 0.1, 0.1f, new BigDecimal("1.50"), BigInteger.TEN, Long.MIN_VALUE, "NaN"),
                column("t", 1, 1L, 0.1f, 1e20, new BigDecimal("1.50"), true, 'x', JULY, NOON, ID, "text"),
                column("c", 1, true, new BigDecimal("7.50"), JULY, "text"),
                column("d", JULY, NOON, NOON.atOffset(ZoneOffset.UTC), "2026-07-02"),
                column("s", JULY, NOON, "2026-07-02 01:02:03"),
                column("z", Instant.EPOCH, JULY, NOON, OffsetDateTime.parse("2026-07-01T12:00+05:00"), "2026-07-02"),
                column("b", new byte[] {1, -1}, "\\x01ff", "text"),
                column("u", ID, "{" + ID + "}"));
    }

    private static Arguments column(String name, Object... values) {
        List<Object> given = new ArrayList<>(List.of(values));
        given.add(null);
        return Arguments.of(name, given);
    }

    @ParameterizedTest
    @MethodSource("values")
    void areStoredAsBySingleCalls(String column, List<Object> values) throws SQLException {
        ParentRule single = ParentRule.on(guard.graph(), "single").build();
        ParentRule bulk = ParentRule.on(guard.graph(), "bulk").build();
        List<ParentRow> rows = new ArrayList<>();
        for (Object value : values) {
            ensure.ensure(row(single, rows.size(), column, value));
            rows.add(row(bulk, rows.size(), column, value));
        }
        ensure.ensureAll(bulk, rows);
        assertThat(stored(column, "bulk")).isEqualTo(stored(column, "single"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void agreeWithWhatSingleCallsHaveStored(String column, List<Object> values) {
        ParentRule matching =
                ParentRule.on(guard.graph(), "single").match(column).build();
        List<ParentRow> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(row(matching, rows.size(), column, value));
            ensure.ensure(rows.get(rows.size() - 1)).orThrow();
        }
        assertThat(ensure.ensureAll(matching, rows)).hasOnlyElementsOfType(EnsureOutcome.Existing.class);
    }

    /** 7.5 is rounded to 8, 8.5 as a double too: PostgreSQL rounds these to the even number. */
    @Test
    void areOneKeyIfTheyAreOneForTheColumn() throws SQLException {
        ParentRule rule =
                ParentRule.on(guard.graph(), "by_int8").touchVersion("version").build();
        List<EnsureOutcome> outcomes = ensure.ensureAll(
                rule,
                Stream.of(7L, new BigDecimal("7.5"), 8.5, "8")
                        .map(key -> rule.row(rule.key(key)))
                        .toList());
        assertThat(outcomes).extracting(outcome -> outcome.key().value("k")).containsExactly(7L, 8L, 8L, 8L);
        assertThat(database.queryStrings("SELECT k || ' ' || version FROM by_int8 ORDER BY k"))
                .containsExactly("7 1", "8 1");
    }

    @Test
    void tellChildrenApartAsTheColumnDoes() throws SQLException {
        ParentRule rule = ParentRule.on(guard.graph(), "by_int8").build();
        ChildRule children =
                ChildRule.on(guard.graph(), "children", rule).onceBy("id").build();
        List<ChildRow> rows = List.of(
                child(children, 7L, 1, "a"),
                child(children, new BigDecimal("7.5"), new BigDecimal("1.50"), true),
                child(children, 7.2, 1L, 1));
        assertThat(ensure.insertAll(children, rows))
                .hasExactlyElementsOfTypes(
                        ChildOutcome.Inserted.class, ChildOutcome.Inserted.class, ChildOutcome.Duplicate.class);
        assertThat(database.queryStrings("SELECT concat_ws(' ', id, k, note) FROM children ORDER BY id"))
                .containsExactly("1 7 a", "1.50 8 true");
    }

    private static ChildRow child(ChildRule rule, Object parent, Object id, Object note) {
        return rule.row(
                rule.parent().key(parent),
                rule.values().set("id", id).set("note", note).build());
    }

    private static ParentRow row(ParentRule rule, int id, String column, Object value) {
        return rule.row(rule.key(id), rule.values().set(column, value).build());
    }

    private List<String> stored(String column, String table) throws SQLException {
        return database.queryStrings("SELECT " + column + " FROM " + table + " ORDER BY id");
    }
}
