package dev.writeguard.spring.collections;

import dev.writeguard.spring.collections.Albums.Photo;
import dev.writeguard.spring.collections.Albums.Shown;
import dev.writeguard.spring.collections.Albums.Tag;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the collection carries an element. */
enum Carrier {
    NEW {
        @Override
        Shown carried(Kind kind, long number, EntityManager entities) {
            return kind.shown(number, "given");
        }
    },
    MANAGED {
        @Override
        Shown carried(Kind kind, long number, EntityManager entities) {
            Shown found = stored(kind, number, entities);
            if (found == null) {
                found = kind.shown(number, "given");
                entities.persist(found);
            }
            return found;
        }
    },
    SECOND_INSTANCE {
        @Override
        Shown carried(Kind kind, long number, EntityManager entities) {
            MANAGED.carried(kind, number, entities);
            return kind.shown(number, "second");
        }
    },
    REFERENCE {
        @Override
        Shown carried(Kind kind, long number, EntityManager entities) {
            Shown stored = stored(kind, number, entities);
            Object id = stored == null ? number : Objects.requireNonNull(stored.id());
            if (stored != null) {
                entities.detach(stored);
            }
            return kind == Kind.NATURAL_ID
                    ? entities.getReference(Tag.class, id)
                    : entities.getReference(Photo.class, id);
        }
    };

    abstract Shown carried(Kind kind, long number, EntityManager entities);

    /** What Guard sends for it, both elements in one message. */
    List<String> sent(Kind kind, boolean present) {
        String lock = "lock " + kind.ensured();
        String ensure = "ensure " + kind.ensured();
        return switch (this) {
            case NEW -> List.of(ensure);
            case REFERENCE -> present ? List.of(lock) : List.of(lock, ensure);
            // Else the INSERT of the code's own comes first.
            default -> present ? List.of(lock) : List.of();
        };
    }

    static @Nullable Shown stored(Kind kind, long number, EntityManager entities) {
        return kind == Kind.NATURAL_ID
                ? entities.createQuery("from Tag where name = :name", Tag.class)
                        .setParameter("name", "tag " + number)
                        .getResultStream()
                        .findFirst()
                        .orElse(null)
                : entities.find(Photo.class, number);
    }
}
