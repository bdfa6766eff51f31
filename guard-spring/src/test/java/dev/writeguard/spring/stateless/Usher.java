package dev.writeguard.spring.stateless;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A child whose id is that of its parent. */
@Entity
@Table(name = "ushers")
class Usher {

    @Id
    @Nullable
    UUID id;

    @OneToOne
    @MapsId
    @EnsuredParent
    @Nullable
    Hall hall;

    protected Usher() {}

    Usher(Hall hall) {
        this.hall = hall;
    }
}
