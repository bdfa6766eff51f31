package dev.writeguard.spring.shelves;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** Parents with ids of every kind. Two new ones of one class have one key, if any, until others are asked for. */
final class Shelves {

    private static long key;

    private Shelves() {}

    /** What is new from now on has keys that nothing had before. */
    static void useOtherKeys() {
        key++;
    }

    @Entity
    static class Assigned extends Shelf {
        @Id
        UUID id = new UUID(1, key);

        @Override
        UUID id() {
            return id;
        }
    }

    @Embeddable
    record Place(String room, long number) {

        @Override
        public String toString() {
            return room + number;
        }
    }

    @Entity
    static class Embedded extends Shelf {
        @EmbeddedId
        Place id = new Place("hall", key);

        @Override
        Place id() {
            return id;
        }
    }

    record Spot(String room, Long number) {

        @Override
        public String toString() {
            return room + number;
        }
    }

    @Entity
    @IdClass(Spot.class)
    static class Classed extends Shelf {
        @Id
        String room = "hall";

        @Id
        Long number = key;

        @Override
        Spot id() {
            return new Spot(room, number);
        }
    }

    /** Found by its id, since code assigns that. */
    @Entity
    static class AssignedNamed extends Shelf {
        @Id
        UUID id = new UUID(1, key);

        @NaturalId
        String name = "n" + key;

        @Override
        UUID id() {
            return id;
        }
    }

    @Entity
    static class SequencedNamed extends Shelf {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @NaturalId
        String name = "n" + key;

        @Override
        @Nullable
        Long id() {
            return id;
        }
    }

    @Entity
    static class CountedNamed extends Shelf {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Integer id;

        @NaturalId
        String name = "n" + key;

        @Override
        @Nullable
        Integer id() {
            return id;
        }
    }

    @Entity
    static class RandomNamed extends Shelf {
        @Id
        @GeneratedValue(strategy = GenerationType.UUID)
        @Nullable
        UUID id;

        @NaturalId
        String name = "n" + key;

        @Override
        @Nullable
        UUID id() {
            return id;
        }
    }

    @Entity
    static class CountedNamedTwice extends Shelf {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @NaturalId
        String name = "n" + key;

        @NaturalId
        UUID second = new UUID(3, key);

        @Override
        @Nullable
        Long id() {
            return id;
        }
    }

    @Entity
    static class Sequenced extends Shelf {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @Override
        @Nullable
        Long id() {
            return id;
        }
    }

    @Entity
    static class Counted extends Shelf {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @Override
        @Nullable
        Long id() {
            return id;
        }
    }
}
