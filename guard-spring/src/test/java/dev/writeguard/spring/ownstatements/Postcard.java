package dev.writeguard.spring.ownstatements;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.declared.Room;
import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A letter with one more parent, under a name of its own. */
@Entity(name = "Card")
@Table(name = "postcards")
class Postcard extends Letter {

    @ManyToOne
    @EnsuredParent
    @Nullable
    Room shelf;
}
