package dev.writeguard.spring.alike;

import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** Another key than the one that a feature's parent has. */
final class OtherKey {

    private OtherKey() {}

    static void give(Object whole, EntityManager entities) {
        if (whole instanceof Named.Base named) {
            named.name = "m";
            return;
        }
        if (whole instanceof Related.Collecting collecting) {
            collecting.owned.forEach(owned -> owned.id += 10);
            collecting.held.forEach(held -> held.id += 10);
            collecting.linked.forEach(linked -> linked.id += 10);
        }
        SharedSessionContractImplementor session = entities.unwrap(SharedSessionContractImplementor.class);
        EntityPersister persister = session.getEntityPersister(null, whole);
        persister.setIdentifier(whole, other(Objects.requireNonNull(persister.getIdentifier(whole, session))), session);
    }

    private static Object other(Object id) {
        if (id instanceof Integer number) {
            return number + 1;
        }
        if (id instanceof Long number) {
            return number + 1;
        }
        if (id instanceof Short number) {
            return (short) (number + 1);
        }
        if (id instanceof String text) {
            return "z" + text.substring(1);
        }
        if (id instanceof UUID uuid) {
            return new UUID(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits() + 1);
        }
        if (id instanceof Character character) {
            return (char) (character + 1);
        }
        if (id instanceof BigDecimal decimal) {
            return decimal.add(BigDecimal.ONE);
        }
        return otherTime(id);
    }

    private static Object otherTime(Object id) {
        if (id instanceof LocalDate day) {
            return day.plusDays(1);
        }
        if (id instanceof OffsetDateTime time) {
            return time.plusDays(1);
        }
        if (id instanceof Instant time) {
            return time.plus(1, ChronoUnit.DAYS);
        }
        return otherOfOwn(id);
    }

    private static Object otherOfOwn(Object id) {
        if (id instanceof Formats.Mood mood) {
            return mood == Formats.Mood.BAD ? Formats.Mood.GOOD : Formats.Mood.BAD;
        }
        if (id instanceof Keys.Code code) {
            return new Keys.Code(new Money(6, "EUR"), code.since());
        }
        if (id instanceof Shapes.Pair pair) {
            return new Shapes.Pair(pair.name(), pair.number() + 1);
        }
        Shapes.Both both = (Shapes.Both) id;
        both.first++;
        return both;
    }
}
