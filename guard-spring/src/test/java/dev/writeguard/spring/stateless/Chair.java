package dev.writeguard.spring.stateless;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child. */
@Entity
@Table(name = "chairs")
class Chair {

    @Id
    long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    Hall hall;

    @Embedded
    Belonging belonging = new Belonging();

    protected Chair() {}

    Chair(long id, @Nullable Hall hall) {
        this.id = id;
        this.hall = hall;
    }
}
