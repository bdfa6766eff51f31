package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome.Present;
import dev.writeguard.event.GuardListener;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys given in another Java class than their column's, for types of which equal values are identical. */
@Schema("""
        CREATE TYPE mood AS ENUM ('GOOD', 'BAD');
        CREATE DOMAIN word AS varchar(40);
        CREATE TABLE by_int2 (k int2 PRIMARY KEY);
        CREATE TABLE by_int4 (k int4 PRIMARY KEY);
        CREATE TABLE by_int8 (k int8 PRIMARY KEY);
        CREATE TABLE by_oid (k oid PRIMARY KEY);
        CREATE TABLE by_bool (k bool PRIMARY KEY);
        CREATE TABLE by_uuid (k uuid PRIMARY KEY);
        CREATE TABLE by_date (k date PRIMARY KEY);
        CREATE TABLE by_text (k text PRIMARY KEY);
        CREATE TABLE by_word (k word PRIMARY KEY);
        CREATE TABLE by_char (k "char" PRIMARY KEY);
        CREATE TABLE by_bytea (k bytea PRIMARY KEY);
        CREATE TABLE by_mood (k mood PRIMARY KEY);
        CREATE TABLE touched (k date PRIMARY KEY, owner text, version int NOT NULL DEFAULT 0);
        """)
class KeyClassesIT {

    private enum Mood {
        GOOD
    }

    private static final UUID ID = UUID.fromString("0fa6a0a3-0e0a-4a54-a1b5-8a3a3c1f0a01");
    private static final LocalDate JULY = LocalDate.of(2026, 7, 1);
    private static final Instant NOON = JULY.atTime(12, 0).toInstant(ZoneOffset.UTC);

    private final AtomicReference<OperationEvent> event = new AtomicReference<>();
    private Connection connection;
    private Guard guard;

    @BeforeEach
    void connect(Database database) throws SQLException {
        for (String table : database.queryStrings("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
            database.execute("TRUNCATE " + table);
        }
        connection = database.connect();
        guard = Guard.of(connection, rule -> GuardMode.ENFORCE, List.of(new GuardListener() {
            @Override
            public void completed(OperationEvent completed) {
                event.set(completed);
            }
        }));
    }

    /** Type, key as stored, and values that are all that key. */
    static Stream<Arguments> keysOfAnotherClass() {
        return Stream.of(
                key("int2", (short) 7, 7.4, " 7 "),
                key("int4", 7, 7.0f, 6.6, new BigDecimal("7.2"), " 7 "),
                key("int8", 8L, new BigDecimal("7.5"), new BigDecimal("8.0"), 8.0f, "8 "),
                key("oid", 7L, 7, "7"),
                key("bool", true, "t", "yes", 1),
                key("uuid", ID, "{" + ID + "}", ID.toString().replace("-", "")),
                key("date", JULY, "2026-07-01", NOON, Timestamp.from(NOON), JULY.atTime(23, 59), Date.valueOf(JULY)),
                key("text", "7", 7, 7L, new BigDecimal("7")),
                key("text", "true", true),
                key("word", "7.50", new BigDecimal("7.50")),
                key("bytea", new byte[] {1, -1}, "\\x01ff"));
    }

    private static Arguments key(String type, Object stored, Object... values) {
        return Arguments.of(type, stored, List.of(values));
    }

    @ParameterizedTest
    @MethodSource("keysOfAnotherClass")
    void comeBackAsStored(String type, Object stored, List<Object> values, Database database) throws SQLException {
        for (boolean autocommit : new boolean[] {true, false}) {
            connection.setAutoCommit(autocommit);
            for (Object value : values) {
                for (String name : List.of("created", "existing")) {
                    EnsureOutcome outcome = ensure(type, value);
                    assertThat(outcome.name()).isEqualTo(name);
                    assertStored(outcome, stored);
                }
                FailingCall.commitIfPossible(connection);
                database.execute("TRUNCATE by_" + type);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keysOfAnotherClass")
    void comeBackAsStoredFromABulk(String type, Object stored, List<Object> values) {
        ParentRule rule = rule(type);
        for (Object value : values) {
            List<EnsureOutcome> outcomes = guard.ensureParent(connection)
                    .ensureAll(rule, List.of(rule.row(rule.key(value)), rule.row(rule.key(value))));
            assertThat(outcomes).hasSize(2).allSatisfy(outcome -> assertStored(outcome, stored));
        }
    }

    /** The text of a message depends on the class; one is composed for each. */
    @ParameterizedTest
    @MethodSource("keysOfAnotherClass")
    void comeBackAsStoredOneAfterTheOther(String type, Object stored, List<Object> values) {
        for (int round = 0; round < 6; round++) {
            for (Object value : values) {
                assertStored(ensure(type, stored), stored);
                assertStored(ensure(type, value), stored);
            }
        }
    }

    @Test
    void comeBackAsStoredFromATouchAndARefusal() {
        ParentRule touched = ParentRule.on(guard.graph(), "touched")
                .match("owner")
                .touchVersion("version")
                .build();
        EnsureParent ensure = guard.ensureParent(connection);
        for (String owner : List.of("ann", "bob")) {
            ParentRow row = touched.row(
                    touched.key(NOON), touched.values().set("owner", owner).build());
            List<EnsureOutcome> outcomes = new ArrayList<>(ensure.ensureAll(touched, List.of(row, row)));
            outcomes.add(ensure.ensure(row));
            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.key().value("k")).isEqualTo(JULY));
            assertThat(outcomes.get(2).name()).isEqualTo(owner.equals("ann") ? "existing" : "refused");
        }
    }

    static Stream<Arguments> ordinaryKeys() {
        return Stream.of(
                key("int2", (short) 7, (short) 7, 7, "7"),
                key("int4", 7, 7, 7L, "7"),
                key("int8", 7L, 7L, 7, "7"),
                key("bool", true, true),
                key("uuid", ID, ID, ID.toString()),
                key("date", JULY, JULY, LocalDateTime.of(2026, 7, 1, 12, 0), "2026-07-01"),
                key("text", "a", "a", 'a'),
                key("text", "GOOD", "GOOD", Mood.GOOD),
                key("text", ID.toString(), ID.toString(), ID),
                key("word", ID.toString(), ID.toString(), ID),
                key("char", "c", "c", 'c'),
                key("mood", "GOOD", "GOOD", Mood.GOOD),
                key("bytea", new byte[] {1, -1}, new byte[] {1, -1}));
    }

    @ParameterizedTest
    @MethodSource("ordinaryKeys")
    void costOneRoundTrip(String type, Object stored, List<Object> values) {
        for (Object value : values) {
            assertStored(ensure(type, value), stored);
            assertThat(event.get().roundTrips()).isEqualTo(1);
        }
    }

    private EnsureOutcome ensure(String type, Object value) {
        ParentRule rule = rule(type);
        return guard.ensureParent(connection).ensure(rule.row(rule.key(value)));
    }

    private ParentRule rule(String type) {
        return ParentRule.on(guard.graph(), "by_" + type).build();
    }

    private static void assertStored(EnsureOutcome outcome, Object stored) {
        assertThat(outcome.key().value("k")).isEqualTo(stored);
        assertThat(((Present) outcome).reference().value("k")).isEqualTo(stored);
    }
}
