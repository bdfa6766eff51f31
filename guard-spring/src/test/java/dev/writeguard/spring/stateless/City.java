package dev.writeguard.spring.stateless;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a {@link Hall} is in. */
@Entity
@Table(name = "cities")
class City {

    @Id
    String name = "";

    String country = "unknown";

    protected City() {}

    City(String name) {
        this.name = name;
    }
}
