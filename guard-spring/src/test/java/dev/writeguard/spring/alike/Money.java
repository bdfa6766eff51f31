package dev.writeguard.spring.alike;

import jakarta.persistence.AttributeConverter;
import org.jspecify.annotations.Nullable;

/** Kept as text. */
record Money(long cents, String currency) {

    /** Null is kept as a text of its own. */
    static final class Converter implements AttributeConverter<Money, String> {

        @Override
        public String convertToDatabaseColumn(@Nullable Money money) {
            return money == null ? "none" : money.cents + " " + money.currency;
        }

        @Override
        public @Nullable Money convertToEntityAttribute(String text) {
            String[] parts = text.split(" ", -1);
            return parts.length < 2 ? null : new Money(Long.parseLong(parts[0]), parts[1]);
        }
    }
}
