package dev.writeguard.spring.ownstatements;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.declared.Room;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child of two parents. */
@Entity
@Table(name = "parcels")
class Parcel {

    @Id
    long id;

    @ManyToOne
    @EnsuredParent
    @Nullable
    Room sender;

    @ManyToOne
    @EnsuredParent
    @Nullable
    Room receiver;
}
