package dev.writeguard.spring.actuate;

import dev.writeguard.spring.declared.Room;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child that declares nothing. */
@Entity
@Table(name = "labels")
class Label {

    @Id
    long id;

    @ManyToOne
    @Nullable
    Room room;
}
