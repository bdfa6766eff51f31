package dev.writeguard.spring.stateless;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** A parent with a natural id, while a sequence gives the id. */
@Entity
@Table(name = "troops")
class Troop {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    @Nullable
    Long id;

    @NaturalId
    String name = "";

    protected Troop() {}

    Troop(String name) {
        this.name = name;
    }
}
