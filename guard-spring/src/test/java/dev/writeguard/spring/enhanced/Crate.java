package dev.writeguard.spring.enhanced;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child whose parent knows its children, which the enhanced bytecode keeps in step. */
@Entity
@Table(name = "crates")
class Crate {

    @Id
    private int id = 1;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    private Depot depot;

    protected Crate() {}

    Crate(Depot depot) {
        setDepot(depot);
    }

    int getId() {
        return id;
    }

    @Nullable
    Depot getDepot() {
        return depot;
    }

    void setDepot(@Nullable Depot depot) {
        this.depot = depot;
    }
}
