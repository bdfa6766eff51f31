package dev.writeguard.spring.several;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;

/** Banks, and children that refer to one directly and by way of other rows, attributes and ids. */
final class Banks {

    private Banks() {}

    @Entity(name = "Bank")
    static class Bank {
        @Id
        long id;

        Bank() {}

        Bank(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Account")
    static class Account {
        @Id
        long id;

        @Column(nullable = false)
        @Nullable
        String name;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank bank;
    }

    @Entity(name = "Entry")
    static class Entry {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Account account;
    }

    @Entity(name = "Posting")
    static class Posting {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Account account;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank bank;
    }

    @Embeddable
    static class Held {
        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank held;
    }

    @Entity(name = "Holder")
    static class Holder {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @Nullable
        Held held;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank cover;

        @ManyToMany
        @EnsuredParent
        List<Bank> banks = new ArrayList<>();
    }

    @Guarded
    interface HolderRepository extends JpaRepository<Holder, Long> {}

    @Entity(name = "Derived")
    static class Derived {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        @OneToOne
        @MapsId
        @EnsuredParent
        @Nullable
        Bank own;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank other;
    }

    /** A callback completes what the code has left out. */
    @Entity(name = "Completing")
    static class Completing {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        String name = "";

        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank bank;

        @Transient
        @Nullable
        Bank next;

        @PrePersist
        @PreUpdate
        void complete() {
            if (bank == null) {
                bank = next;
            }
        }
    }
}
