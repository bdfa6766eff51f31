package dev.writeguard.spring.eleventh;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** The child, with the one declaration. */
@Entity
@Table(name = "cards")
class Card {

    @Id
    long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    Board board;

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable
    Drawer drawer;

    protected Card() {}

    Card(long id, @Nullable Board board) {
        this.id = id;
        this.board = board;
    }
}
