package dev.writeguard.spring.alike;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.NaturalId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Parents whose ids have types of their own. */
final class Keys {

    private Keys() {}

    @Entity
    static class ByText {
        @Id
        String id = "it's";
    }

    @Entity
    static class ByTextPart extends Part<ByText> {}

    @Entity
    static class ByPadded {
        @Id
        @Column(columnDefinition = "char(5)")
        String id = "ab   ";
    }

    @Entity
    static class ByPaddedPart extends Part<ByPadded> {}

    @Entity
    static class ByUuidText {
        @Id
        @JdbcTypeCode(SqlTypes.VARCHAR)
        UUID id = new UUID(1, 2);
    }

    @Entity
    static class ByUuidTextPart extends Part<ByUuidText> {}

    @Entity
    static class ByUuidBytes {
        @Id
        @JdbcTypeCode(SqlTypes.BINARY)
        UUID id = new UUID(1, 2);
    }

    @Entity
    static class ByUuidBytesPart extends Part<ByUuidBytes> {}

    @Entity
    static class ByEnum {
        @Id
        @Enumerated(EnumType.STRING)
        Formats.Mood id = Formats.Mood.BAD;
    }

    @Entity
    static class ByEnumPart extends Part<ByEnum> {}

    @Entity
    static class ByNamedEnum {
        @Id
        @JdbcTypeCode(SqlTypes.NAMED_ENUM)
        Formats.Mood id = Formats.Mood.BAD;
    }

    @Entity
    static class ByNamedEnumPart extends Part<ByNamedEnum> {}

    @Entity
    static class ByShort {
        @Id
        short id = 7;
    }

    @Entity
    static class ByShortPart extends Part<ByShort> {}

    @Entity
    static class ByCharacter {
        @Id
        char id = 'k';
    }

    @Entity
    static class ByCharacterPart extends Part<ByCharacter> {}

    @Entity
    static class ByDecimal {
        @Id
        @Column(precision = 10, scale = 3)
        BigDecimal id = new BigDecimal("1.500");
    }

    @Entity
    static class ByDecimalPart extends Part<ByDecimal> {}

    @Entity
    static class ByDay {
        @Id
        LocalDate id = LocalDate.of(2024, 2, 29);
    }

    @Entity
    static class ByDayPart extends Part<ByDay> {}

    @Entity
    static class ByTime {
        @Id
        OffsetDateTime id = OffsetDateTime.parse("2024-02-29T01:02:03.123456Z");
    }

    @Entity
    static class ByTimePart extends Part<ByTime> {}

    @Embeddable
    record Code(@Convert(converter = Money.Converter.class) Money code, Instant since) {}

    @Entity
    static class ByConverted {
        @EmbeddedId
        Code id = new Code(new Money(5, "EUR"), Instant.parse("2024-02-29T01:02:03Z"));
    }

    @Entity
    static class ByConvertedPart extends Part<ByConverted> {}

    /** Named within another entity. */
    @Entity
    static class Scoped {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @NaturalId
        @ManyToOne
        @EnsuredParent
        @Nullable
        ByText scope = new ByText();

        @NaturalId
        String name = "n";
    }

    @Entity
    static class ScopedPart extends Part<Scoped> {}
}
