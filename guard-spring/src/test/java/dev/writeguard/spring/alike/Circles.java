package dev.writeguard.spring.alike;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
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

    /** Has no id before it is inserted, and is inserted after its last reply. */
    @Entity
    static class CountedThread {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @OneToOne(cascade = CascadeType.PERSIST)
        @Nullable
        CountedReply last;
    }

    @Entity
    static class CountedReply {
        @Id
        int id = 2;

        @ManyToOne
        @EnsuredParent
        @Nullable
        CountedThread thread;
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
