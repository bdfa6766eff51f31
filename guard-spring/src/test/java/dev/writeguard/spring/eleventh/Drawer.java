package dev.writeguard.spring.eleventh;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

/** Another entity, which knows nothing of boards and takes its cards with it. */
@Entity
@Table(name = "drawers")
class Drawer {

    @Id
    long id;

    @OneToMany(mappedBy = "drawer", cascade = CascadeType.ALL)
    List<Card> cards = new ArrayList<>();

    protected Drawer() {}

    Drawer(long id) {
        this.id = id;
    }

    void add(Card card) {
        card.drawer = this;
        cards.add(card);
    }
}
