package dev.writeguard.spring.enhanced;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.OnExisting;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import org.jspecify.annotations.Nullable;

/** A child that touches its parents. */
@Entity
@Table(name = "visits")
class Visit {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    @Nullable
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
    @Nullable
    private Station station;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
    @Nullable
    private Platform platform;

    private int moves;

    @Transient
    @Nullable
    private Platform next;

    protected Visit() {}

    Visit(@Nullable Station station, @Nullable Platform platform) {
        this.station = station;
        this.platform = platform;
    }

    /** Its callback does, in the flush. */
    void moveTo(Platform platform) {
        moves++;
        next = platform;
    }

    @PreUpdate
    void move() {
        platform = next;
    }
}
