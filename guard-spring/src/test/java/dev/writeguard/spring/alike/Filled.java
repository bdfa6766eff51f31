package dev.writeguard.spring.alike;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.GeneratedColumn;
import org.hibernate.annotations.TenantId;
import org.hibernate.annotations.UpdateTimestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.CreatedBy;
import org.springframework.data.annotation.CreatedDate;
import org.springframework.data.annotation.LastModifiedBy;
import org.springframework.data.annotation.LastModifiedDate;
import org.springframework.data.jpa.domain.support.AuditingEntityListener;

/** Parents of which something is filled in on the way to the database. */
final class Filled {

    private Filled() {}

    @Entity
    static class IntVersioned {
        @Id
        int id = 1;

        @Version
        int version;
    }

    @Entity
    static class IntVersionedPart extends Part<IntVersioned> {}

    @Entity
    static class LongVersioned {
        @Id
        int id = 1;

        @Version
        @Nullable
        Long version;
    }

    @Entity
    static class LongVersionedPart extends Part<LongVersioned> {}

    @Entity
    static class InstantVersioned {
        @Id
        int id = 1;

        @Version
        @Nullable
        Instant version;
    }

    @Entity
    static class InstantVersionedPart extends Part<InstantVersioned> {}

    @Entity
    static class Stamped {
        @Id
        int id = 1;

        @CreationTimestamp
        @Nullable
        Instant created;

        @UpdateTimestamp
        @Nullable
        LocalDateTime updated;
    }

    @Entity
    static class StampedPart extends Part<Stamped> {}

    /** Hears of each instance. */
    static class Listening {
        @PrePersist
        void before(CalledBack instance) {
            instance.listened = "heard " + instance.id;
        }
    }

    @Entity
    @EntityListeners(Listening.class)
    static class CalledBack {
        @Id
        @Nullable
        UUID id;

        @Nullable
        String prepared;

        @Nullable
        String listened;

        @Embedded
        Inside inside = new Inside();

        @Transient
        int persisted;

        CalledBack() {}

        CalledBack(UUID id) {
            this.id = id;
        }

        @PrePersist
        void prepare() {
            if (id == null) {
                id = new UUID(9, 9);
            }
            prepared = "prepared";
            inside.filled = "filled";
        }

        @PostPersist
        void persisted() {
            persisted++;
        }
    }

    @jakarta.persistence.Embeddable
    static class Inside {
        @Nullable
        String filled;
    }

    @Entity
    static class CalledBackPart extends Part<CalledBack> {}

    @Entity
    @EntityListeners(AuditingEntityListener.class)
    static class Audited {
        @Id
        int id = 1;

        @CreatedDate
        @Nullable
        Instant createdAt;

        @LastModifiedDate
        @Nullable
        Instant modifiedAt;

        @CreatedBy
        @Nullable
        String createdBy;

        @LastModifiedBy
        @Nullable
        String modifiedBy;
    }

    @Entity
    static class AuditedPart extends Part<Audited> {}

    @Entity
    static class Tenanted {
        @Id
        int id = 1;

        @TenantId
        @Nullable
        String tenant;
    }

    /** The database fills in what is left out. */
    @Entity
    static class Defaulted {
        @Id
        int id = 1;

        @Version
        int version;

        String given = "g";

        @Nullable
        @Generated
        @ColumnDefault("'by default'")
        String defaulted;

        @GeneratedColumn("id * 2")
        int computed;

        @ElementCollection
        List<String> names = new ArrayList<>(List.of("one"));
    }

    @Entity
    static class DefaultedPart extends Part<Defaulted> {}

    @Entity
    static class TenantedPart extends Part<Tenanted> {}
}
