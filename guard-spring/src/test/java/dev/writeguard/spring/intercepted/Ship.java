package dev.writeguard.spring.intercepted;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** A parent whose captain an interceptor names, and its child. */
@Entity
class Ship {

    @Id
    int id = 1;

    @Nullable
    String name;

    @Column(nullable = false)
    @Nullable
    String captain;

    @Version
    @Nullable
    Integer version;

    protected Ship() {}

    Ship(String name) {
        this.name = name;
    }

    /** A child. */
    @Entity
    static class Cargo {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent
        @Nullable
        Ship ship;

        protected Cargo() {}

        Cargo(Ship ship) {
            this.ship = ship;
        }
    }
}
