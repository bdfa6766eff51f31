package dev.writeguard.spring.softened;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.SoftDeleteType;
import org.jspecify.annotations.Nullable;

/** Parents with the three ways to say that a row is deleted, and their children. */
final class Softened {

    private Softened() {}

    @MappedSuperclass
    abstract static class Account {

        @Id
        int id = 1;

        String title = "given";
    }

    @Entity
    @SoftDelete(columnName = "gone")
    static class Flagged extends Account {}

    @Entity
    @SoftDelete(columnName = "active", strategy = SoftDeleteType.ACTIVE)
    static class Active extends Account {}

    @Entity
    @SoftDelete(columnName = "gone_at", strategy = SoftDeleteType.TIMESTAMP)
    static class Timed extends Account {}

    /** Known by its natural id. */
    @Entity
    @SoftDelete(columnName = "gone")
    static class Named {

        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @NaturalId
        String name = "n";

        String title = "given";
    }

    /** Its column is read as an attribute, too. */
    @Entity
    @SoftDelete(columnName = "gone")
    static class Stated extends Account {

        @Column(name = "gone", insertable = false, updatable = false)
        boolean gone;
    }

    /** A child. */
    @Entity
    static class Entry {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Flagged flagged;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Active active;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Timed timed;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Named named;

        @ManyToOne
        @EnsuredParent(stateAttribute = "gone", requireState = "false")
        @Nullable
        Stated stated;
    }
}
