package dev.writeguard.spring.stateless;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** A parent with a natural id, while the database gives the id. */
@Entity
@Table(name = "guilds")
class Guild {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @NaturalId
    String name = "";

    @Version
    @Nullable
    Integer version;

    protected Guild() {}

    Guild(String name) {
        this.name = name;
    }
}
