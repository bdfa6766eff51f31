package dev.writeguard.spring.queued;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.annotation.OnExisting;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities, with batches in Hibernate's order. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = QueuedApplication.class)
class QueuedApplication {

    static DoorApplication on(Database database) {
        return on(database, true);
    }

    /** The same, where the order of updates is that of the instances in the context. */
    static DoorApplication on(Database database, boolean ordersUpdates) {
        return DoorApplication.withTables(
                QueuedApplication.class,
                database,
                "guard.unguarded-writes=off",
                "spring.jpa.properties.hibernate.jdbc.batch_size=20",
                "spring.jpa.properties.hibernate.order_inserts=true",
                "spring.jpa.properties.hibernate.order_updates=" + ordersUpdates);
    }

    @Entity(name = "Bank")
    static class Bank {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        @Nullable
        String title;

        @ManyToOne
        @Nullable
        Region region;

        Bank() {}

        Bank(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Region")
    static class Region {
        @Id
        long id;

        Region() {}

        Region(long id) {
            this.id = id;
        }
    }

    /** Without a version. */
    @Entity(name = "Branch")
    static class Branch {
        @Id
        long id;

        @Nullable
        String title;

        @Nullable
        Instant lastAt;
    }

    /** Refers to what its callback gives it. */
    @MappedSuperclass
    abstract static class Child {
        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent
        @Nullable
        Bank bank;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent
        @Nullable
        Bank other;

        String name = "";

        @Transient
        @Nullable
        Bank next;

        @Transient
        @Nullable
        Bank nextOther;

        @PrePersist
        @PreUpdate
        void complete() {
            bank = next;
            other = nextOther;
        }
    }

    @Entity(name = "Sequenced")
    static class Sequenced extends Child {
        @Id
        @GeneratedValue
        @Nullable
        Long id;
    }

    @Entity(name = "Identified")
    static class Identified extends Child {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;
    }

    @Entity(name = "Joined")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Joined extends Child {
        @Id
        @GeneratedValue
        @Nullable
        Long id;
    }

    /** Has a parent in its own table, too. */
    @Entity(name = "JoinedBelow")
    static class JoinedBelow extends Joined {
        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent
        @Nullable
        Bank below;

        @PrePersist
        @PreUpdate
        void completeBelow() {
            below = next;
        }
    }

    /** Touches the bank that its callback gives it. */
    @Entity(name = "Touching")
    static class Touching {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Bank bank;

        String name = "";

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
        @Nullable
        Branch branch;

        @Transient
        @Nullable
        Bank next;

        @Transient
        @Nullable
        Branch nextBranch;

        /** Knows what all are given, if there is one. */
        static @Nullable Touching given;

        @PrePersist
        @PreUpdate
        void complete() {
            Touching from = given == null ? this : given;
            bank = from.next;
            branch = from.nextBranch;
        }
    }

    /** Whose template refers to what is queued after the child. */
    @Entity(name = "Placed")
    static class Placed {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(template = InItsRegion.class)
        @Nullable
        Bank bank;

        @Transient
        @Nullable
        Bank next;

        @Transient
        @Nullable
        Region region;

        @PrePersist
        @PreUpdate
        void complete() {
            bank = next;
        }
    }

    public static final class InItsRegion implements EntityTemplate<Bank, Placed> {
        @Override
        public void fill(Bank parent, Placed child) {
            parent.region = child.region;
        }
    }
}
