package dev.writeguard.spring.stateless;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** A child that only the owner of a hall may write. */
@Entity
@Table(name = "tickets")
class Ticket {

    @Id
    long id;

    @ManyToOne
    @EnsuredParent(match = "ownerId")
    @Nullable
    Hall hall;

    @Version
    @Nullable
    Integer version;

    protected Ticket() {}

    Ticket(long id, Hall hall) {
        this.id = id;
        this.hall = hall;
    }
}
