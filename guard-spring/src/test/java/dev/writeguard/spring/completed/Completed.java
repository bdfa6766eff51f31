package dev.writeguard.spring.completed;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.PrePersist;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Such parents, and their children with and without a cascade. */
final class Completed {

    private Completed() {}

    @MappedSuperclass
    abstract static class Part<W> {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        W whole;

        @ManyToOne(cascade = CascadeType.ALL)
        @EnsuredParent
        @Nullable
        W cascaded;
    }

    /** A callback gives the id. */
    @Entity(name = "Badge")
    static class Badge {
        @Id
        @Nullable
        UUID id;

        @PrePersist
        void number() {
            if (id == null) {
                id = UUID.randomUUID();
            }
        }
    }

    @Entity(name = "BadgePart")
    static class BadgePart extends Part<Badge> {}

    @Entity(name = "Person")
    static class Person {
        @Id
        long id = 7;
    }

    /** Has the id of its person. */
    @Entity(name = "Wallet")
    static class Wallet {
        @Id
        @Nullable
        Long id;

        @OneToOne
        @MapsId
        @EnsuredParent
        @Nullable
        Person person;
    }

    @Entity(name = "WalletPart")
    static class WalletPart extends Part<Wallet> {}

    /** Carries a part by a cascade. */
    @Entity(name = "Carton")
    static class Carton {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @OneToOne(cascade = CascadeType.ALL)
        @Nullable
        BadgePart badgePart;

        @OneToOne(cascade = CascadeType.ALL)
        @Nullable
        WalletPart walletPart;
    }
}
