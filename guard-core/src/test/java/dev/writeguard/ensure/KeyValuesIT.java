package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.ensure.EnsureOutcome.Present;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that Java tells apart and the column does not: which are one key is for the column's type to say. */
@Schema("""
        CREATE EXTENSION citext;
        CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE TYPE mood AS ENUM ('GOOD', 'BAD');
        CREATE TYPE pair AS (a int, b text);
        CREATE DOMAIN price AS numeric(10,2);
        CREATE DOMAIN code AS varchar(5);
        """)
class KeyValuesIT {

    private enum Mood {
        GOOD
    }

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 7, 1, 12, 30, 0, 123_456_789);
    private static final OffsetDateTime OFFSET_NOON = NOON.atOffset(ZoneOffset.ofHours(2));
    private static final UUID ID = UUID.fromString("0fa6a0a3-0e0a-4a54-a1b5-8a3a3c1f0a01");

    /** Type, key as stored, and values that are all that key. */
    static Stream<Arguments> keys() {
        return Stream.of(
                key("numeric(10,2)", new BigDecimal("1.00"), new BigDecimal("1.0"), new BigDecimal("1.00"), 1, "1"),
                key("numeric", new BigDecimal("1.0"), new BigDecimal("1.0"), new BigDecimal("1.00"), 1L),
                key("price", new BigDecimal("2.50"), new BigDecimal("2.5"), "2.50"),
                key("citext", "Ann", "Ann", "ANN", "ann"),
                key("text COLLATE ignore_case", "Ann", "Ann", "ANN", "ann"),
                key("varchar(5) COLLATE ignore_case", "Ann", "Ann", "ANN"),
                key("char(5)", "ab   ", "ab", "ab   ", "ab        "),
                key("text", "ab ", "ab "),
                key("varchar(5)", "🙂🙂🙂🙂🙂", "🙂🙂🙂🙂🙂"),
                key("code", "ab", "ab"),
                key(
                        "timestamptz(3)",
                        OffsetDateTime.of(2026, 7, 1, 10, 30, 0, 123_000_000, ZoneOffset.UTC),
                        OFFSET_NOON,
                        OFFSET_NOON.toInstant(),
                        NOON.atZone(ZoneId.of("Europe/Berlin")),
                        Timestamp.from(OFFSET_NOON.toInstant()),
                        java.util.Date.from(OFFSET_NOON.toInstant())),
                key(
                        "timestamptz",
                        OffsetDateTime.of(2026, 7, 1, 10, 30, 0, 123_457_000, ZoneOffset.UTC),
                        OFFSET_NOON,
                        OFFSET_NOON.toInstant()),
                key("timestamp", NOON.withNano(123_457_000), NOON, NOON.withNano(123_456_999), Timestamp.valueOf(NOON)),
                key("time", LocalTime.of(1, 2, 3, 123_457_000), LocalTime.of(1, 2, 3, 123_456_789), "01:02:03.123457"),
                key("date", LocalDate.of(2026, 7, 1), LocalDate.of(2026, 7, 1)),
                key("uuid", ID, ID, ID.toString(), ID.toString().toUpperCase(Locale.ROOT)),
                key("int2", (short) 7, (short) 7, "007", 7L),
                key("int8", 7L, 7L, "00007", "+7", BigInteger.valueOf(7), 7),
                key("int4", -7, -7, "-7", "-0007"),
                key("bool", true, true),
                key("float8", 0.0, 0.0, -0.0, 0),
                key("bytea", "\\x01ff", new byte[] {1, -1}, new byte[] {1, -1}),
                key("mood", "GOOD", Mood.GOOD, "GOOD"),
                key("inet", "10.0.0.1", "10.0.0.1", "10.0.0.1/32"),
                key("int4range", "[1,4)", "[1,3]", "[1,4)"),
                key("jsonb", "{\"a\": 1, \"b\": 2}", "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"),
                key("pair", "(1,x)", "(1,x)", "( 1,\"x\")"),
                key("text[]", "{a,b}", new String[] {"a", "b"}, "{\"a\",b}"));
    }

    private static Arguments key(String type, Object stored, Object... values) {
        return Arguments.of(type, stored, List.of(values));
    }

    @BeforeAll
    static void createTables(Database database) throws SQLException {
        for (Arguments key : keys().toList()) {
            String name = name((String) key.get()[0]);
            database.execute("CREATE TABLE \"" + name + "\" (k " + key.get()[0] + " PRIMARY KEY);"
                    + " CREATE TABLE \"kids of " + name + "\" (id int GENERATED ALWAYS AS IDENTITY, k " + key.get()[0]
                    + " REFERENCES \"" + name + "\")");
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void ensuresOneRowForAllOfThemAtOnce(String type, Object stored, List<Object> values, Database database)
            throws SQLException {
        Keyed keyed = new Keyed(database, type);
        List<Object> twice = new ArrayList<>(values);
        twice.addAll(values);
        List<EnsureOutcome> outcomes = keyed.ensure.ensureAll(
                keyed.parents,
                twice.stream()
                        .map(value -> keyed.parents.row(keyed.parents.key(value)))
                        .toList());
        assertThat(outcomes.get(0)).isInstanceOf(Created.class);
        assertThat(outcomes.subList(1, outcomes.size())).hasOnlyElementsOfType(Existing.class);
        outcomes.forEach(outcome -> assertKey(outcome, stored));
        assertThat(keyed.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void ensuresOneRowForEachOfThemAfterTheOther(String type, Object stored, List<Object> values, Database database)
            throws SQLException {
        Keyed keyed = new Keyed(database, type);
        for (int round = 0; round < 6; round++) {
            for (Object value : values) {
                EnsureOutcome outcome = keyed.ensure.ensure(keyed.parents.row(keyed.parents.key(value)));
                assertThat(outcome.name()).isEqualTo(round == 0 && value == values.get(0) ? "created" : "existing");
                assertKey(outcome, stored);
            }
        }
        assertThat(keyed.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void insertsTheChildrenOfAllOfThemUnderOneRow(String type, Object stored, List<Object> values, Database database)
            throws SQLException {
        Keyed keyed = new Keyed(database, type);
        List<ChildRow> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(keyed.children.row(
                    keyed.parents.key(value), keyed.children.values().build()));
        }
        rows.addAll(List.copyOf(rows));
        List<ChildOutcome> outcomes = keyed.ensure.insertAll(keyed.children, rows);
        assertThat(outcomes)
                .extracting(outcome -> ((Inserted) outcome).parentCreated())
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of(true), Collections.nCopies(rows.size() - 1, false).stream())
                        .toList());
        for (ChildRow row : rows) {
            assertThat(((Inserted) keyed.ensure.insert(keyed.children, row)).parentCreated())
                    .isFalse();
        }
        assertThat(keyed.count()).isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM " + keyed.kids + " c JOIN " + keyed.table + " USING (k)"))
                .isEqualTo(2L * rows.size());
    }

    /** With the Java type that the driver gives to the column, or its text. */
    private static void assertKey(EnsureOutcome outcome, Object stored) {
        for (Object key : new Object[] {
            outcome.key().value("k"), ((Present) outcome).reference().value("k")
        }) {
            if (key instanceof byte[] bytes) {
                assertThat(bytes).containsExactly(1, -1);
            } else if (stored instanceof String && !(key instanceof Object[])) {
                assertThat(key).hasToString((String) stored);
            } else if (!(key instanceof Object[])) {
                assertThat(key).isEqualTo(stored);
            }
        }
    }

    private static String name(String type) {
        return "by " + type;
    }

    /** Parents and children of one key type, both empty. */
    private static final class Keyed {

        private final Database database;
        private final String table;
        private final String kids;
        private final EnsureParent ensure;
        private final ParentRule parents;
        private final ChildRule children;

        Keyed(Database database, String type) throws SQLException {
            this.database = database;
            table = "\"" + name(type) + "\"";
            kids = "\"kids of " + name(type) + "\"";
            database.execute("TRUNCATE " + table + ", " + kids);
            Connection connection = database.connect();
            Guard guard = Guard.of(connection);
            ensure = guard.ensureParent(connection);
            parents = ParentRule.on(guard.graph(), name(type)).build();
            children = ChildRule.on(guard.graph(), "kids of " + name(type), parents)
                    .build();
        }

        long count() throws SQLException {
            return database.queryLong("SELECT count(*) FROM " + table);
        }
    }
}
