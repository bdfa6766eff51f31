package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGStatement;
import org.postgresql.util.PGobject;

/**
 * Every Java type, in the parent and in the child, one row and many: stored is what was meant, whatever the zones of the JVM and of
 * the session are, and the same as a plain INSERT through the driver stores.
 */
@Schema(ValuesIT.SCHEMA)
class ValuesIT {

    static final String SCHEMA = """
            CREATE EXTENSION citext;
            CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            CREATE TYPE mood AS ENUM ('GOOD', 'BAD', 'so "so"');
            CREATE TYPE pair AS (a int, b text);
            CREATE DOMAIN price AS numeric(10,2) CHECK (VALUE >= 0);
            CREATE TABLE things (
                id int PRIMARY KEY,
                int2 int2, int4 int4, int8 int8, numeric numeric, money numeric(10,2), float4 float4, float8 float8,
                bool bool, text text, varchar varchar(5), char char(5), citext citext,
                folded text COLLATE ignore_case, uuid uuid, bytea bytea, date date, time time, time0 time(0),
                timetz timetz, timestamp timestamp, timestamp3 timestamp(3), timestamptz timestamptz,
                timestamptz3 timestamptz(3), interval interval, texts text[], ints int[], uuids uuid[], blobs bytea[],
                moods mood[], grid int[], jsonb jsonb, json json, mood mood, inet inet, bits bit(3), range int4range,
                price price, pair pair, point point);
            CREATE TABLE parts (LIKE things, thing_id int NOT NULL REFERENCES things);
            """;

    private enum Mood {
        GOOD,
        BAD
    }

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 7, 1, 12, 30, 0, 123_456_789);
    private static final OffsetDateTime OFFSET_NOON = NOON.atOffset(ZoneOffset.ofHours(2));
    private static final UUID ID = UUID.fromString("0fa6a0a3-0e0a-4a54-a1b5-8a3a3c1f0a01");

    private Connection connection;
    private EnsureParent ensure;
    private ParentRule things;
    private ChildRule parts;

    @BeforeEach
    void compile(Database database) throws SQLException {
        database.execute("TRUNCATE things, parts");
        connection = database.connect();
        Guard guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        things = ParentRule.on(guard.graph(), "things").build();
        parts = ChildRule.on(guard.graph(), "parts", things).build();
    }

    /** Column, value, and the stored value as the server writes it in the session's zone, America/St_Johns (-02:30). */
    static Stream<Arguments> values() {
        return Stream.concat(plainValues(), Stream.concat(times(), arrays()));
    }

    private static Stream<Arguments> plainValues() {
        return Stream.of(
                Arguments.of("int2", (short) 7, "7"),
                Arguments.of("int2", (byte) 7, "7"),
                Arguments.of("int4", -7, "-7"),
                Arguments.of("int4", "7", "7"),
                Arguments.of("int8", Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of("int8", 7, "7"),
                Arguments.of("numeric", new BigDecimal("1.50"), "1.50"),
                Arguments.of("numeric", new BigDecimal("1E+3"), "1000"),
                Arguments.of(
                        "numeric", new BigInteger("123456789012345678901234567890"), "123456789012345678901234567890"),
                Arguments.of("numeric", Double.NaN, "NaN"),
                Arguments.of("money", new BigDecimal("1"), "1.00"),
                Arguments.of("money", new BigDecimal("1.005"), "1.01"),
                Arguments.of("float4", 1.1f, "1.1"),
                Arguments.of("float8", 1.1, "1.1"),
                Arguments.of("float8", 1.1f, "1.100000023841858"),
                Arguments.of("float8", Double.POSITIVE_INFINITY, "Infinity"),
                Arguments.of("bool", true, "true"),
                Arguments.of("bool", "yes", "true"),
                Arguments.of("text", "", ""),
                Arguments.of("text", "it's {\"a\\b\",NULL} ü 🙂\n", "it's {\"a\\b\",NULL} ü 🙂\n"),
                Arguments.of("text", "NULL", "NULL"),
                Arguments.of("text", 'x', "x"),
                Arguments.of("text", Mood.GOOD, "GOOD"),
                Arguments.of("text", 7, "7"),
                Arguments.of("text", true, "true"),
                Arguments.of("text", ID, ID.toString()),
                Arguments.of("text", LocalDateTime.of(2026, 7, 1, 12, 0), "2026-07-01 12:00:00"),
                Arguments.of("varchar", "abc  ", "abc  "),
                Arguments.of("varchar", "abc      ", "abc  "),
                Arguments.of("char", "abc", "abc"),
                Arguments.of("citext", "AbC", "AbC"),
                Arguments.of("folded", "AbC", "AbC"),
                Arguments.of("uuid", ID, ID.toString()),
                Arguments.of("uuid", ID.toString().toUpperCase(java.util.Locale.ROOT), ID.toString()),
                Arguments.of("bytea", new byte[] {0, 1, -1}, "\\x0001ff"),
                Arguments.of("jsonb", "{\"a\": [1, \"?\"]}", "{\"a\": [1, \"?\"]}"),
                Arguments.of("jsonb", object("jsonb", "{\"a\":1}"), "{\"a\": 1}"),
                Arguments.of("json", "{\"a\":  1}", "{\"a\":  1}"),
                Arguments.of("mood", Mood.BAD, "BAD"),
                Arguments.of("mood", "so \"so\"", "so \"so\""),
                Arguments.of("inet", "10.0.0.1/8", "10.0.0.1/8"),
                Arguments.of("inet", object("inet", "::1"), "::1/128"),
                Arguments.of("bits", "101", "101"),
                Arguments.of("range", "[1,3]", "[1,4)"),
                Arguments.of("price", new BigDecimal("2.5"), "2.50"),
                Arguments.of("pair", "(1,\"a, b\")", "(1,\"a, b\")"),
                Arguments.of("point", "(1,2)", "(1,2)"),
                Arguments.of("interval", "1 day 02:00", "1 day 02:00:00"));
    }

    private static Stream<Arguments> times() {
        Instant instant = OFFSET_NOON.toInstant();
        return Stream.of(
                Arguments.of("date", LocalDate.of(2026, 7, 1), "2026-07-01"),
                Arguments.of("date", LocalDate.of(12026, 7, 1), "12026-07-01"),
                Arguments.of("date", LocalDate.of(-1, 7, 1), "0002-07-01 BC"),
                Arguments.of("date", LocalDate.MAX, "infinity"),
                Arguments.of("date", LocalDate.MIN, "-infinity"),
                Arguments.of("date", Date.valueOf("2026-07-01"), "2026-07-01"),
                Arguments.of("date", Date.valueOf("1500-01-01"), "1500-01-01"),
                Arguments.of("date", new Date(new GregorianCalendar(-1, 6, 1).getTimeInMillis()), "0002-07-01 BC"),
                Arguments.of("date", "2026-07-01", "2026-07-01"),
                Arguments.of("time", LocalTime.of(1, 2, 3, 456_000_000), "01:02:03.456"),
                Arguments.of("time", LocalTime.MAX, "24:00:00"),
                Arguments.of("time", new Time(Time.valueOf("01:02:03").getTime() + 456), "01:02:03.456"),
                Arguments.of("time0", LocalTime.of(1, 2, 3, 600_000_000), "01:02:04"),
                Arguments.of("timetz", OffsetTime.of(1, 2, 3, 0, ZoneOffset.ofHours(5)), "01:02:03+05"),
                Arguments.of("timestamp", NOON, "2026-07-01 12:30:00.123457"),
                Arguments.of("timestamp", LocalDateTime.MAX, "infinity"),
                Arguments.of("timestamp", LocalDateTime.of(12026, 7, 1, 0, 0), "12026-07-01 00:00:00"),
                Arguments.of("timestamp", LocalDateTime.of(-1, 7, 1, 0, 0), "0002-07-01 00:00:00 BC"),
                Arguments.of("timestamp", Timestamp.valueOf(NOON), "2026-07-01 12:30:00.123457"),
                Arguments.of("timestamp", Timestamp.valueOf("1500-02-03 04:05:06.789"), "1500-02-03 04:05:06.789"),
                Arguments.of("timestamp", instant, "2026-07-01 08:00:00.123457"),
                Arguments.of("timestamp", OFFSET_NOON, "2026-07-01 08:00:00.123457"),
                Arguments.of("timestamp", java.util.Date.from(instant), "2026-07-01 08:00:00.123"),
                Arguments.of("timestamp", LocalDate.of(2026, 7, 1), "2026-07-01 00:00:00"),
                Arguments.of("timestamp3", NOON, "2026-07-01 12:30:00.123"),
                Arguments.of("timestamptz", instant, "2026-07-01 08:00:00.123457-02:30"),
                Arguments.of("timestamptz", OFFSET_NOON, "2026-07-01 08:00:00.123457-02:30"),
                Arguments.of(
                        "timestamptz", NOON.atZone(ZoneId.of("Europe/Berlin")), "2026-07-01 08:00:00.123457-02:30"),
                Arguments.of("timestamptz", Timestamp.from(instant), "2026-07-01 08:00:00.123457-02:30"),
                Arguments.of("timestamptz", java.util.Date.from(instant), "2026-07-01 08:00:00.123-02:30"),
                Arguments.of("timestamptz", NOON, "2026-07-01 12:30:00.123457-02:30"),
                Arguments.of("timestamptz", LocalDate.of(2026, 7, 1), "2026-07-01 00:00:00-02:30"),
                Arguments.of("timestamptz", Date.valueOf("2026-07-01"), "2026-06-30 15:45:00-02:30"),
                Arguments.of("timestamptz", OffsetDateTime.MAX, "infinity"),
                Arguments.of("timestamptz", new Timestamp(PGStatement.DATE_NEGATIVE_INFINITY), "-infinity"),
                Arguments.of("timestamptz3", OFFSET_NOON, "2026-07-01 08:00:00.123-02:30"),
                Arguments.of("timestamptz3", ZonedDateTime.of(NOON, ZoneOffset.UTC), "2026-07-01 10:00:00.123-02:30"));
    }

    private static Stream<Arguments> arrays() {
        return Stream.of(
                Arguments.of(
                        "texts",
                        new String[] {"a", null, "b,\"{}\\", "", "NULL"},
                        "{a,NULL,\"b,\\\"{}\\\\\",\"\",\"NULL\"}"),
                Arguments.of("texts", new String[0], "{}"),
                Arguments.of("texts", "{x,y}", "{x,y}"),
                Arguments.of("ints", new int[] {1, 2}, "{1,2}"),
                Arguments.of("ints", new Integer[] {1, null}, "{1,NULL}"),
                Arguments.of("grid", new int[][] {{1, 2}, {3, 4}}, "{{1,2},{3,4}}"),
                Arguments.of("uuids", new UUID[] {ID}, "{" + ID + "}"),
                Arguments.of("blobs", new byte[][] {{1}, {-1}}, "{\"\\\\x01\",\"\\\\xff\"}"),
                Arguments.of("moods", new String[] {"GOOD", "so \"so\""}, "{GOOD,\"so \\\"so\\\"\"}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void storesWhatWasMeant(String column, Object value, String stored, Database database) throws SQLException {
        // Rounds enough for the server to prepare the statements, with null in between.
        for (int round = 0; round < 3; round++) {
            storeInEveryWay(column, value);
            storeInEveryWay(column, null);
        }
        assertThat(stored(database, "things", column)).hasSize(36).containsOnly(stored, null);
        assertThat(stored(database, "parts", column)).hasSize(18).containsOnly(stored, null);
        assertThat(database.queryLong("SELECT count(\"" + column + "\") FROM things"))
                .isEqualTo(18);
        assertThat(database.queryLong("SELECT count(\"" + column + "\") FROM parts"))
                .isEqualTo(9);
    }

    @ParameterizedTest
    @MethodSource("values")
    void storesTheSameInSimpleQueryMode(String column, Object value, String stored, Database database)
            throws SQLException {
        Properties simple = new Properties();
        simple.setProperty("preferQueryMode", "simple");
        ensure = Guard.of(connection).ensureParent(database.connect(simple));
        storeInEveryWay(column, value);
        storeInEveryWay(column, null);
        assertThat(stored(database, "things", column)).hasSize(12).containsOnly(stored, null);
        assertThat(stored(database, "parts", column)).hasSize(6).containsOnly(stored, null);
    }

    @ParameterizedTest
    @MethodSource("values")
    void storesWhatThePlainDriverStores(String column, Object value, String stored, Database database)
            throws SQLException {
        if (value instanceof Instant
                || value instanceof ZonedDateTime
                || value instanceof Mood
                || value.getClass() == java.util.Date.class) {
            // These the driver does not take: the reason why Guard replaces them.
            assertThat(plainInsert(column, value)).isEqualTo("07006");
        } else if (plainInsert(column, value) == null) {
            assertThat(stored(database, "things", column)).containsExactly(stored);
        } else {
            // Text for a column of another type: the driver would have the server refuse it, Guard has it cast.
            assertThat(plainInsert(column, value)).isEqualTo("42804");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void storesNullInEveryColumn(Way way, Database database) throws SQLException {
        var nothing = things.values();
        things.table().columns().stream().skip(1).forEach(column -> nothing.set(column, null));
        var alsoNothing = parts.values();
        things.table().columns().stream()
                .skip(1)
                .forEach(column -> alsoNothing.set(column.name().name(), null));
        ChildRow[] rows = Stream.of(1, 2)
                .map(id -> parts.row(
                        things.row(things.key(id), nothing.build()),
                        alsoNothing.set("id", id).build()))
                .toArray(ChildRow[]::new);
        way.run(ensure, parts, rows);
        assertThat(database.queryLong("SELECT count(*) FROM things t WHERE t::text LIKE '(_,,,,%,,,)'"))
                .isEqualTo(way.isBulk() ? 2 : 1);
    }

    /** Each as a single call stores it, also the double, of which the server keeps no decimals that are zero. */
    @Test
    void acceptsDifferentClassesInOneColumnOfABulk(Database database) throws SQLException {
        List<Object> values = new ArrayList<>(List.of("1", 2, 3L, new BigDecimal("4.0"), (short) 5, 6.0));
        ensure.ensureAll(
                things,
                values.stream()
                        .map(value -> things.row(
                                things.key(values.indexOf(value)),
                                things.values().set("numeric", value).build()))
                        .toList());
        assertThat(stored(database, "things", "numeric")).containsExactly("1", "2", "3", "4.0", "5", "6");
    }

    @Test
    void runsInAZoneUnlikeTheSessions() throws SQLException {
        assertThat(TimeZone.getDefault().getID()).isEqualTo("Asia/Kathmandu");
        try (var statement = connection.createStatement();
                var zone = statement.executeQuery("SHOW TimeZone")) {
            zone.next();
            assertThat(zone.getString(1)).isEqualTo("America/St_Johns");
        }
    }

    private int lastId;

    /** In the parent by four ways, in the child by two. */
    private void storeInEveryWay(String column, @Nullable Object value) {
        Way.ENSURE.run(ensure, parts, row(column, value, null));
        Way.ENSURE_ALL.run(ensure, parts, row(column, value, null), row(column, value, null));
        Way.INSERT.run(ensure, parts, row(column, value, value));
        Way.INSERT_ALL.run(ensure, parts, row(column, value, value), row(column, value, value));
    }

    private ChildRow row(String column, @Nullable Object ofParent, @Nullable Object ofChild) {
        int id = lastId++;
        return parts.row(
                things.row(things.key(id), things.values().set(column, ofParent).build()),
                parts.values().set("id", id).set(column, ofChild).build());
    }

    /** The SQLSTATE with which the driver or the server refuses it; null if it is stored. */
    private @Nullable String plainInsert(String column, Object value) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO things (id, \"" + column + "\") VALUES (?, ?)")) {
            statement.setInt(1, lastId++);
            statement.setObject(2, value);
            statement.execute();
            return null;
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    private static List<@Nullable String> stored(Database database, String table, String column) throws SQLException {
        database.execute("SET TimeZone = 'America/St_Johns'");
        return database.queryStrings("SELECT CAST(\"" + column + "\" AS text) FROM " + table + " ORDER BY id");
    }

    private static PGobject object(String type, String value) {
        try {
            PGobject object = new PGobject();
            object.setType(type);
            object.setValue(value);
            return object;
        } catch (SQLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
