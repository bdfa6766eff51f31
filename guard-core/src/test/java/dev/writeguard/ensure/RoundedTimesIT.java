package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGStatement;

/** Java knows times to the nanosecond, the server to the microsecond: one row and many are rounded alike, half up. */
@Schema("""
        CREATE TABLE rooms (id int PRIMARY KEY);
        CREATE TABLE readings (room_id int NOT NULL REFERENCES rooms, at timestamptz NOT NULL, UNIQUE (room_id, at));
        """)
class RoundedTimesIT {

    private EnsureParent ensure;

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 7, 1, 12, 30, 0);
    private static final LocalDateTime HALF = NOON.withNano(123_456_500);
    private static final OffsetDateTime OFFSET_HALF = HALF.atOffset(ZoneOffset.UTC);
    private static final LocalDateTime EVE = LocalDateTime.of(2026, 12, 31, 23, 59, 59, 999_999_500);
    private static final LocalTime MIDNIGHT = LocalTime.of(23, 59, 59, 999_999_500);
    private static final String HALF_STORED = "2026-07-01 12:30:00.123457";

    /** Type, key, what the server makes of it (times of day in UTC), and another key of the same class. */
    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("timestamp", HALF, HALF_STORED, NOON),
                Arguments.of("timestamp", NOON.withNano(123_456_499), "2026-07-01 12:30:00.123456", NOON),
                Arguments.of("timestamp", EVE, "2027-01-01 00:00:00", NOON),
                Arguments.of("timestamp", Timestamp.valueOf(HALF), HALF_STORED, Timestamp.valueOf(NOON)),
                Arguments.of("timestamp", Timestamp.valueOf(EVE), "2027-01-01 00:00:00", Timestamp.valueOf(NOON)),
                Arguments.of("timestamp", NOON.minusYears(2100).withNano(500), "0075-07-01 12:30:00.000001 BC", NOON),
                Arguments.of("timestamp(3)", NOON.withNano(1_499_500), "2026-07-01 12:30:00.002", NOON),
                Arguments.of("timestamptz", OFFSET_HALF, HALF_STORED + "+00", NOON.atOffset(ZoneOffset.UTC)),
                Arguments.of("timestamptz", OFFSET_HALF.toInstant(), HALF_STORED + "+00", Instant.EPOCH),
                Arguments.of(
                        "timestamptz",
                        OFFSET_HALF.atZoneSameInstant(ZoneId.of("Asia/Kathmandu")),
                        HALF_STORED + "+00",
                        NOON.atZone(ZoneId.of("Europe/Berlin"))),
                Arguments.of(
                        "timestamptz",
                        Timestamp.from(OFFSET_HALF.toInstant()),
                        HALF_STORED + "+00",
                        Timestamp.from(Instant.EPOCH)),
                Arguments.of("time", HALF.toLocalTime(), "12:30:00.123457", LocalTime.NOON),
                Arguments.of("time", MIDNIGHT, "24:00:00", LocalTime.NOON),
                Arguments.of("time", MIDNIGHT.minusNanos(1), "23:59:59.999999", LocalTime.NOON),
                Arguments.of("time", LocalTime.MAX, "24:00:00", LocalTime.NOON),
                Arguments.of("time", Time.valueOf("12:30:01"), "12:30:01", Time.valueOf("12:30:02")),
                Arguments.of(
                        "timetz",
                        HALF.toLocalTime().atOffset(ZoneOffset.ofHours(2)),
                        "12:30:00.123457+02",
                        LocalTime.NOON.atOffset(ZoneOffset.UTC)),
                Arguments.of(
                        "timetz",
                        MIDNIGHT.atOffset(ZoneOffset.ofHours(2)),
                        "24:00:00+02",
                        LocalTime.NOON.atOffset(ZoneOffset.UTC)));
    }

    static Stream<Arguments> infinities() {
        return Stream.of(
                Arguments.of("timestamp", LocalDateTime.MAX, "infinity", NOON),
                Arguments.of("timestamp", LocalDateTime.MIN, "-infinity", NOON),
                Arguments.of("timestamptz", OffsetDateTime.MAX, "infinity", OFFSET_HALF),
                Arguments.of("timestamptz", OffsetDateTime.MIN, "-infinity", OFFSET_HALF),
                Arguments.of(
                        "timestamptz",
                        new Timestamp(PGStatement.DATE_POSITIVE_INFINITY),
                        "infinity",
                        Timestamp.valueOf(NOON)),
                Arguments.of(
                        "timestamptz",
                        new Timestamp(PGStatement.DATE_NEGATIVE_INFINITY),
                        "-infinity",
                        Timestamp.valueOf(NOON)));
    }

    @ParameterizedTest
    @MethodSource({"keys", "infinities"})
    void areOneKeyForOneRowAndForMany(String type, Object key, String stored, Object other, Database database)
            throws SQLException {
        ParentRule slots = slots(type, database);
        ParentRow row = slots.row(slots.key(key));
        ensure.ensure(row);
        assertThat(storedSlots(database)).containsExactly(stored);
        assertThat(ensure.ensureAll(slots, List.of(row, slots.row(slots.key(other))))
                        .get(0))
                .isInstanceOf(Existing.class);
    }

    @ParameterizedTest
    @MethodSource({"keys", "infinities"})
    void areOneKeyForManyRowsAndForOne(String type, Object key, String stored, Object other, Database database)
            throws SQLException {
        ParentRule slots = slots(type, database);
        ParentRow row = slots.row(slots.key(key));
        ensure.ensureAll(slots, List.of(row, slots.row(slots.key(other))));
        assertThat(storedSlots(database)).hasSize(2).contains(stored);
        assertThat(ensure.ensure(row)).isInstanceOf(Existing.class);
    }

    private ParentRule slots(String type, Database database) throws SQLException {
        database.execute("DROP TABLE IF EXISTS slots; CREATE TABLE slots (at " + type + " PRIMARY KEY)");
        Guard guard = connect(database);
        return ParentRule.on(guard.graph(), "slots").build();
    }

    private Guard connect(Database database) throws SQLException {
        Connection connection = database.connect();
        Guard guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        return guard;
    }

    private static List<String> storedSlots(Database database) throws SQLException {
        return database.queryStrings(
                "SELECT s.at::text FROM slots s, set_config('TimeZone', 'UTC', false) ORDER BY s.at");
    }

    /** As an offline client does. */
    @Test
    void storeAChildOnceThatIsSentAloneAndAgainInABulk(Database database) throws SQLException {
        Guard guard = connect(database);
        ParentRule rooms = ParentRule.on(guard.graph(), "rooms").build();
        ChildRule readings = ChildRule.on(guard.graph(), "readings", rooms)
                .onceBy("room_id", "at")
                .build();
        Instant at = OFFSET_HALF.toInstant();
        ChildRow reading =
                readings.row(rooms.key(1), readings.values().set("at", at).build());
        ChildRow next = readings.row(
                rooms.key(1), readings.values().set("at", at.plusSeconds(1)).build());
        ensure.insert(readings, reading);
        assertThat(ensure.insertAll(readings, List.of(reading, next)).get(0)).isInstanceOf(Duplicate.class);
        assertThat(database.queryLong("SELECT count(*) FROM readings")).isEqualTo(2);
    }
}
