package dev.writeguard.spring.enhanced;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Basic;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child. */
@Entity
@Table(name = "parcels")
class Parcel {

    @Id
    private int id;

    @Basic(fetch = FetchType.LAZY)
    @Nullable
    private String label = "label";

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    private Depot depot;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    private Station station;

    protected Parcel() {}

    Parcel(int id) {
        this.id = id;
    }

    static Parcel to(Depot depot) {
        var parcel = new Parcel(1);
        parcel.setDepot(depot);
        return parcel;
    }

    static Parcel to(Station station) {
        var parcel = new Parcel(1);
        parcel.setStation(station);
        return parcel;
    }

    int getId() {
        return id;
    }

    @Nullable
    String getLabel() {
        return label;
    }

    @Nullable
    Depot getDepot() {
        return depot;
    }

    void setDepot(@Nullable Depot depot) {
        this.depot = depot;
    }

    @Nullable
    Station getStation() {
        return station;
    }

    void setStation(@Nullable Station station) {
        this.station = station;
    }
}
