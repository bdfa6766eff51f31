package dev.writeguard.spring.alike;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Version;
import java.util.UUID;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** Parents that are known by a natural id, while their ids are generated. */
final class Named {

    private Named() {}

    @jakarta.persistence.Embeddable
    static class Notes {
        @Nullable
        String note;
    }

    @MappedSuperclass
    @EntityListeners(Naming.class)
    abstract static class Base {
        @NaturalId
        @Column(nullable = false)
        String name = "n";

        @Version
        @Nullable
        Integer version;

        @Nullable
        String prepared;

        @Embedded
        Notes notes = new Notes();

        abstract @Nullable Object id();
    }

    static class Naming {
        @PrePersist
        void before(Base named) {
            named.prepared = "prepared";
            named.notes.note = "noted";
        }
    }

    @Entity
    static class Sequenced extends Base {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @Override
        @Nullable
        Object id() {
            return id;
        }
    }

    @Entity
    static class SequencedPart extends Part<Sequenced> {}

    @Entity
    static class Counted extends Base {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Integer id;

        @Override
        @Nullable
        Object id() {
            return id;
        }
    }

    @Entity
    static class CountedPart extends Part<Counted> {}

    /** Its id is never null. */
    @Entity
    static class Primitive extends Base {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        long id;

        @Override
        Object id() {
            return id;
        }
    }

    @Entity
    static class PrimitivePart extends Part<Primitive> {}

    /** Without a natural id. */
    @Entity
    static class Anonymous {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        long id;

        String text = "t";
    }

    @Entity
    static class AnonymousPart extends Part<Anonymous> {}

    @Entity
    static class Random extends Base {
        @Id
        @GeneratedValue(strategy = GenerationType.UUID)
        @Nullable
        UUID id;

        @NaturalId
        long second = 2;

        @Override
        @Nullable
        Object id() {
            return id;
        }
    }

    @Entity
    static class RandomPart extends Part<Random> {}

    @Entity
    static class CountedPair extends Base {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @NaturalId
        UUID second = new UUID(1, 1);

        @Override
        @Nullable
        Object id() {
            return id;
        }
    }

    @Entity
    static class CountedPairPart extends Part<CountedPair> {}

    @Entity
    @Inheritance(strategy = InheritanceType.JOINED)
    static class CountedRoot extends Base {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @Override
        @Nullable
        Object id() {
            return id;
        }
    }

    @Entity
    static class CountedSub extends CountedRoot {
        String more = "m";
    }

    @Entity
    static class CountedRootPart extends Part<CountedRoot> {}
}
