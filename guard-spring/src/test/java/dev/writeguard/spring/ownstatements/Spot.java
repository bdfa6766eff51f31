package dev.writeguard.spring.ownstatements;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = "spots")
class Spot extends Lamp {

    int watts;
}
