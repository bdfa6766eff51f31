package dev.writeguard.spring.validated;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child. */
@Entity
@Table(name = "trees")
class Tree {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    @Nullable
    Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    Plot plot;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    Site site;

    protected Tree() {}

    Tree(@Nullable Plot plot) {
        this.plot = plot;
    }

    static Tree at(Site site) {
        var tree = new Tree();
        tree.site = site;
        return tree;
    }
}
