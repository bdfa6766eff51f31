package dev.writeguard.spring.queued;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.OnExisting;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.annotations.OptimisticLockType;
import org.hibernate.annotations.OptimisticLocking;
import org.jspecify.annotations.Nullable;

/** Parents that are touched, each with an UPDATE of another kind. */
final class Offices {

    private Offices() {}

    @MappedSuperclass
    abstract static class Office {
        @Id
        long id;

        @Nullable
        String title;

        abstract @Nullable Instant lastAt();

        abstract void lastAt(Instant time);
    }

    @MappedSuperclass
    abstract static class Timed extends Office {
        @Nullable
        Instant lastAt;

        @Override
        @Nullable
        Instant lastAt() {
            return lastAt;
        }

        @Override
        void lastAt(Instant time) {
            lastAt = time;
        }
    }

    /** Its UPDATE writes all columns. */
    @Entity(name = "PlainOffice")
    static class PlainOffice extends Timed {}

    /** Its UPDATE writes what has changed. */
    @Entity(name = "DynamicOffice")
    @DynamicUpdate
    static class DynamicOffice extends Timed {}

    /** Its UPDATE compares all columns with what they were. */
    @Entity(name = "ComparedOffice")
    @DynamicUpdate
    @OptimisticLocking(type = OptimisticLockType.ALL)
    static class ComparedOffice extends Timed {}

    @Entity(name = "VersionedOffice")
    static class VersionedOffice extends Timed {
        @Version
        int version;
    }

    /** Its version does not count the touch. */
    @Entity(name = "ExcludedOffice")
    static class ExcludedOffice extends Office {
        @Version
        int version;

        @OptimisticLock(excluded = true)
        @Nullable
        Instant lastAt;

        @Override
        @Nullable
        Instant lastAt() {
            return lastAt;
        }

        @Override
        void lastAt(Instant time) {
            lastAt = time;
        }
    }

    /** Into which a visit writes a value that it brings. */
    @Entity(name = "NotedOffice")
    static class NotedOffice {
        @Id
        long id;

        String title = "";

        String note = "";

        NotedOffice() {}

        NotedOffice(long id, String note) {
            this.id = id;
            this.note = note;
        }
    }

    enum Kind {
        PLAIN(PlainOffice.class, visit -> visit.plain),
        DYNAMIC(DynamicOffice.class, visit -> visit.dynamic),
        COMPARED(ComparedOffice.class, visit -> visit.compared),
        VERSIONED(VersionedOffice.class, visit -> visit.versioned),
        EXCLUDED(ExcludedOffice.class, visit -> visit.excluded);

        private final Class<? extends Office> entity;
        private final Function<Visit, @Nullable Office> of;

        Kind(Class<? extends Office> entity, Function<Visit, @Nullable Office> of) {
            this.entity = entity;
            this.of = of;
        }

        Class<? extends Office> entity() {
            return entity;
        }

        /** What the visit refers to. */
        @Nullable
        Office of(Visit visit) {
            return of.apply(visit);
        }

        String table() {
            return name().toLowerCase(Locale.ROOT) + "_office";
        }
    }

    /** Reports to itself, once its callback says so. */
    @Entity(name = "HeadOffice")
    static class HeadOffice extends Timed {
        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
        @Nullable
        HeadOffice head;

        @PreUpdate
        void complete() {
            head = this;
        }
    }

    /** Is at the office that its callback gives it. */
    @Entity(name = "Visit")
    static class Visit {
        @Id
        long id;

        String name = "";

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
        @Nullable
        PlainOffice plain;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
        @Nullable
        DynamicOffice dynamic;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
        @Nullable
        ComparedOffice compared;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
        @Nullable
        VersionedOffice versioned;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
        @Nullable
        ExcludedOffice excluded;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "note")
        @Nullable
        NotedOffice noted;

        @Transient
        Runnable callback = () -> {};

        @PreUpdate
        void complete() {
            callback.run();
        }

        void at(Office office) {
            if (office instanceof PlainOffice given) {
                plain = given;
            } else if (office instanceof DynamicOffice given) {
                dynamic = given;
            } else if (office instanceof ComparedOffice given) {
                compared = given;
            } else if (office instanceof VersionedOffice given) {
                versioned = given;
            } else if (office instanceof ExcludedOffice given) {
                excluded = given;
            }
        }
    }
}
