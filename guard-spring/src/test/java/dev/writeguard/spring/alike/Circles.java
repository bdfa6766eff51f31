package dev.writeguard.spring.alike;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import org.jspecify.annotations.Nullable;

/** Entities that refer to each other. */
final class Circles {

    private Circles() {}

    @Entity
    static class Thread {
        @Id
        int id = 1;

        @OneToOne(cascade = CascadeType.PERSIST)
        @Nullable
        Reply last;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Reply pinned;
    }

    @Entity
    static class Reply {
        @Id
        int id = 2;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Thread thread;
    }
}
