package dev.writeguard.spring.declared;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.OnExisting;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Parents that cannot be touched as their children say. */
final class FaultyTouches {

    private FaultyTouches() {}

    @Entity(name = "Ledger")
    static class Ledger {
        @Id
        @Nullable
        Long id;

        @Nullable
        LocalDateTime postedAt;

        @Column(updatable = false)
        @Nullable
        String currency;

        @Column(unique = true)
        @Nullable
        String code;
    }

    @Entity(name = "Stamped")
    static class Stamped {
        @Id
        @Nullable
        Long id;

        @Version
        @Nullable
        Instant stamp;
    }

    @Entity(name = "Posting")
    static class Posting {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(touch = "postedAt")
        @Nullable
        Ledger kept;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Ledger nothing;

        @ManyToOne
        @EnsuredParent(
                onExisting = OnExisting.TOUCH,
                touch = {"postdAt", "currency", "id"})
        @Nullable
        Ledger unknown;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "postedAt")
        @Nullable
        Ledger timed;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "code")
        @Nullable
        Ledger unique;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Stamped stamped;
    }
}
