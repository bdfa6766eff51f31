package dev.writeguard.spring.ownstatements;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.declared.Room;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child whose subclass has a table of its own. */
@Entity
@Table(name = "lamps")
@Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
class Lamp {

    @Id
    long id;

    @ManyToOne
    @EnsuredParent
    @Nullable
    Room room;
}
