package dev.writeguard.spring.several;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

/** Parents with a generated id, and a child of two of them. */
final class Batches {

    private Batches() {}

    @Entity(name = "Batch")
    static class Batch {
        @Id
        @GeneratedValue
        @Nullable
        Long id;
    }

    @Entity(name = "BatchDuo")
    static class BatchDuo {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Batch a;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Batch b;
    }
}
