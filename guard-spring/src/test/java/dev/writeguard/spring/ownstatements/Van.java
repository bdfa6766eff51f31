package dev.writeguard.spring.ownstatements;

import dev.writeguard.spring.declared.Room;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child of two parents that says nothing of them itself. */
@Entity
@Table(name = "vans")
class Van {

    @Id
    long id;

    @ManyToOne
    @Nullable
    Room home;

    @ManyToOne
    @Nullable
    Room stop;
}
