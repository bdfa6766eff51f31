package dev.writeguard.spring.alike;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Currency;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.NumericBooleanConverter;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.TrueFalseConverter;
import org.hibernate.type.YesNoConverter;
import org.jspecify.annotations.Nullable;

/** A parent with values of all kinds but times. */
@Entity
class Values {

    @Id
    UUID id = new UUID(1, 2);

    String text = "it's \\ \"quoted\" \u00e4\uD83D\uDE00";

    @Nullable
    String nothing;

    @Column(length = 3)
    String limited = "abc";

    @Column(columnDefinition = "char(5)")
    String padded = "ab";

    char letter = 'x';

    @Nullable
    Character noLetter;

    boolean truth = true;

    @Nullable
    Boolean unknown;

    @Convert(converter = YesNoConverter.class)
    boolean yes = true;

    @Convert(converter = TrueFalseConverter.class)
    boolean no;

    @Convert(converter = NumericBooleanConverter.class)
    boolean one = true;

    byte tiny = -8;
    short small = 300;
    int number = -70_000;
    long large = Long.MAX_VALUE;
    float single = 0.1f;
    double exactly = 0.1 + 0.2;

    @Column(columnDefinition = "numeric")
    double asNumeric = 0.1 + 0.2;

    @Column(columnDefinition = "double precision")
    float widened = 0.1f;

    @Column(columnDefinition = "bigint")
    int widenedNumber = 5;

    @Column(columnDefinition = "smallint")
    long narrowed = 6;

    double nan = Double.NaN;

    @Column(precision = 12, scale = 2)
    BigDecimal rounded = new BigDecimal("1.005");

    @Column(columnDefinition = "numeric")
    BigDecimal exact = new BigDecimal("1.10");

    @Column(columnDefinition = "numeric")
    BigInteger huge = BigInteger.TWO.pow(100);

    byte[] bytes = {0, 1, -1};

    @Nullable
    byte[] noBytes;

    UUID uuid = new UUID(3, 4);

    @JdbcTypeCode(SqlTypes.VARCHAR)
    UUID uuidAsText = new UUID(5, 6);

    @JdbcTypeCode(SqlTypes.BINARY)
    UUID uuidAsBytes = new UUID(7, 8);

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    String longText = "x".repeat(10_000);

    InetAddress address = InetAddress.getLoopbackAddress();
    Locale locale = Locale.CANADA_FRENCH;
    Currency currency = Currency.getInstance("INR");
    Class<?> type = String.class;
    URL url = url();
    Duration duration = Duration.ofSeconds(90, 123_456_789);

    @JdbcTypeCode(SqlTypes.INTERVAL_SECOND)
    Duration interval = Duration.ofSeconds(90, 123_456_000);

    @Convert(converter = Money.Converter.class)
    Money money = new Money(1999, "EUR");

    @Nullable
    @Convert(converter = Money.Converter.class)
    Money noMoney;

    private static URL url() {
        try {
            return URI.create("http://example.org/a?b=c").toURL();
        } catch (java.net.MalformedURLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Entity
    static class ValuesPart extends Part<Values> {}
}
