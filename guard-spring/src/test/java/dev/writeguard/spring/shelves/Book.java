package dev.writeguard.spring.shelves;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/** A child that stands on at most one shelf. */
@MappedSuperclass
abstract class Book {

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    Shelves.@Nullable Assigned assigned;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    Shelves.@Nullable Embedded embedded;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    Shelves.@Nullable Classed classed;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    Shelves.@Nullable AssignedNamed assignedNamed;

    /** Eager: a merge reads what its copy refers to. */
    @ManyToOne
    @EnsuredParent
    Shelves.@Nullable SequencedNamed sequencedNamed;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    Shelves.@Nullable CountedNamed countedNamed;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    Shelves.@Nullable RandomNamed randomNamed;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    Shelves.@Nullable CountedNamedTwice countedNamedTwice;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    Shelves.@Nullable Sequenced sequenced;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    Shelves.@Nullable Counted counted;
}
