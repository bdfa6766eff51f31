package dev.writeguard.spring.cached;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.OnExisting;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.jspecify.annotations.Nullable;

/** Parents in each kind of cache, and their children. The cache reads the names of regions as paths, without a dollar. */
final class Cached {

    private Cached() {}

    @MappedSuperclass
    abstract static class Shelf {

        @Id
        int id;

        String title = "untitled";

        @Version
        @Nullable
        Integer version;
    }

    /** A child. */
    @MappedSuperclass
    abstract static class Book<S> {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent
        @Nullable
        S shelf;
    }

    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "read-write")
    static class ReadWrite extends Shelf {

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "labels")
        List<String> labels = new ArrayList<>();
    }

    @Entity
    static class ReadWriteBook extends Book<ReadWrite> {}

    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE, region = "non-strict")
    static class NonStrict extends Shelf {}

    @Entity
    static class NonStrictBook extends Book<NonStrict> {}

    @Entity
    @Immutable
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_ONLY, region = "read-only")
    static class ReadOnly extends Shelf {}

    @Entity
    static class ReadOnlyBook extends Book<ReadOnly> {}

    /** Known by a natural id, while its id is generated. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "named")
    @NaturalIdCache(region = "names")
    static class Named {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @NaturalId
        String name = "unnamed";

        String title = "untitled";
    }

    @Entity
    static class NamedBook extends Book<Named> {}

    /** The same with a natural id that may change. */
    @Entity
    @NaturalIdCache(region = "changing-names")
    static class Renamed {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @NaturalId(mutable = true)
        String name = "unnamed";

        String title = "untitled";

        Renamed() {}

        Renamed(String name) {
            this.name = name;
            this.title = "given";
        }
    }

    @Entity
    static class RenamedBook extends Book<Renamed> {

        RenamedBook() {}

        RenamedBook(Renamed renamed) {
            shelf = renamed;
        }
    }

    @Entity
    static class TouchingBook {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "title")
        @Nullable
        ReadWrite readWrite;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "title")
        @Nullable
        NonStrict nonStrict;
    }
}
