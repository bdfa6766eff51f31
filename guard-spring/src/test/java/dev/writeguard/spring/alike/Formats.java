package dev.writeguard.spring.alike;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.EnumeratedValue;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A parent with enums, JSON and arrays. */
@Entity
class Formats {

    enum Mood {
        GOOD,
        BAD
    }

    enum Grade {
        FIRST("f"),
        SECOND("s");

        @EnumeratedValue
        final String code;

        Grade(String code) {
            this.code = code;
        }
    }

    @Embeddable
    record Address(String street, int number, @Nullable String city) {}

    @Embeddable
    static class Size {
        int width = 3;
        BigDecimal height = new BigDecimal("4.50");
        LocalDate since = LocalDate.of(2020, 1, 2);
    }

    @Id
    @Column(length = 20)
    String id = "formats' one";

    @Enumerated(EnumType.ORDINAL)
    Mood ordinal = Mood.BAD;

    @Enumerated(EnumType.STRING)
    Mood byName = Mood.BAD;

    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    Mood named = Mood.BAD;

    @Nullable
    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    Mood noMood;

    @Enumerated(EnumType.STRING)
    Grade grade = Grade.SECOND;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Object> json = Map.of("a", "it's", "b", List.of(1, 2), "c", Map.of("d", true));

    @Nullable
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Object> noJson;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "json")
    Map<String, Object> plainJson = Map.of("z", 1);

    @JdbcTypeCode(SqlTypes.JSON)
    String jsonText = "\"text\"";

    @JdbcTypeCode(SqlTypes.JSON)
    Size size = new Size();

    @Nullable
    @JdbcTypeCode(SqlTypes.JSON)
    Size noSize;

    @JdbcTypeCode(SqlTypes.JSON)
    Address address = new Address("Main \"St\"", 5, null);

    int[] numbers = {1, 2, 3};
    Integer[] boxed = {1, null, 3};
    String[] texts = {"a,b", "it's \"x\" \\", "", "NULL"};
    String[] none = {};

    @Nullable
    String[] noTexts;

    List<String> list = List.of("x", "y{}");
    UUID[] uuids = {new UUID(1, 2)};
    BigDecimal[] decimals = {new BigDecimal("1.50")};
    boolean[] truths = {true, false};
    double[] doubles = {0.1 + 0.2, Double.NaN};
    Instant[] instants = {Instant.parse("2024-03-31T00:30:15.123456Z")};
    LocalDate[] dates = {LocalDate.of(1, 1, 1)};

    @Enumerated(EnumType.STRING)
    Mood[] moods = {Mood.GOOD, Mood.BAD};

    @Entity
    static class FormatsPart extends Part<Formats> {}
}
