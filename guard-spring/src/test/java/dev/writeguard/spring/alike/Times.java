package dev.writeguard.spring.alike;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;
import org.jspecify.annotations.Nullable;

/** A parent with times, whose id is one, too. */
@Entity
@SuppressWarnings({"deprecation", "JavaUtilDate"}) // what older mappings have
class Times {

    private static final Instant SOME = Instant.parse("2024-03-31T00:30:15.123456789Z");
    private static final ZoneId ZONE = ZoneId.of("America/St_Johns");

    @Id
    Instant id = Instant.parse("2024-10-27T01:30:00Z");

    Instant instant = SOME;

    @Column(columnDefinition = "timestamp")
    Instant instantWithoutZone = SOME;

    OffsetDateTime anOffset = SOME.atOffset(ZoneOffset.ofHours(-9));
    ZonedDateTime zoned = SOME.atZone(ZONE);
    LocalDateTime local = LocalDateTime.of(2024, 3, 31, 2, 30, 1, 999_999_999);

    @Column(columnDefinition = "timestamptz")
    LocalDateTime localWithZone = LocalDateTime.of(2024, 3, 31, 2, 30, 1);

    LocalDate date = LocalDate.of(2024, 2, 29);
    LocalDate early = LocalDate.of(1500, 1, 1);
    LocalTime time = LocalTime.of(23, 59, 59, 123_456_000);
    OffsetTime offsetTime = OffsetTime.of(1, 2, 3, 0, ZoneOffset.ofHours(5));
    Year year = Year.of(2024);
    ZoneId zone = ZONE;

    @Nullable
    Instant never;

    @TimeZoneStorage(TimeZoneStorageType.COLUMN)
    ZonedDateTime withZoneColumn = SOME.atZone(ZONE);

    @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
    ZonedDateTime normalized = SOME.atZone(ZONE);

    @TimeZoneStorage(TimeZoneStorageType.NORMALIZE_UTC)
    OffsetDateTime normalizedUtc = SOME.atOffset(ZoneOffset.ofHours(3));

    Date utilDate = Date.from(SOME);

    @Column(columnDefinition = "timestamptz")
    Date utilDateWithZone = Date.from(SOME);

    @Temporal(TemporalType.TIMESTAMP)
    Date early1500 = new GregorianCalendar(1500, Calendar.FEBRUARY, 3, 4, 5, 6).getTime();

    @Temporal(TemporalType.DATE)
    Date dayOfDate = Date.from(SOME);

    @Temporal(TemporalType.TIME)
    Date timeOfDate = Date.from(SOME);

    Timestamp timestamp = Timestamp.from(SOME);
    java.sql.Date sqlDate = java.sql.Date.valueOf("2024-02-29");
    java.sql.Time sqlTime = java.sql.Time.valueOf("12:34:56");
    Calendar calendar = calendar();

    private static Calendar calendar() {
        Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone(ZONE), Locale.ROOT);
        calendar.setTimeInMillis(SOME.toEpochMilli());
        return calendar;
    }

    /** Whose id is a time without zone. */
    @Entity
    @SuppressWarnings("JavaUtilDate") // what older mappings have
    static class Moment {

        @Id
        Date id = Date.from(Instant.parse("2024-07-01T23:30:15.123Z"));
    }

    @Entity
    static class MomentPart extends Part<Moment> {}

    @Entity
    static class TimesPart extends Part<Times> {}
}
