package dev.writeguard.spring.enhanced;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child of two depots and a station. */
@Entity
@Table(name = "routes")
class Route {

    @Id
    private int id;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    private Depot source;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    private Depot target;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    private Station via;

    protected Route() {}

    Route(int id) {
        this.id = id;
    }

    int getId() {
        return id;
    }

    @Nullable
    Depot getSource() {
        return source;
    }

    @Nullable
    Depot getTarget() {
        return target;
    }

    @Nullable
    Station getVia() {
        return via;
    }

    void lead(@Nullable Depot from, @Nullable Depot to, @Nullable Station over) {
        source = from;
        target = to;
        via = over;
    }
}
