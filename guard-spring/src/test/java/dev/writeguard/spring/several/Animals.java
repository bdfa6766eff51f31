package dev.writeguard.spring.several;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.OnExisting;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Parents of two subclasses in one table, and a child of two of them. */
final class Animals {

    private Animals() {}

    @Entity(name = "Animal")
    static class Animal {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;
    }

    @Entity(name = "Cat")
    static class Cat extends Animal {
        int lives;

        Cat() {}

        Cat(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Dog")
    static class Dog extends Animal {
        int barks;

        Dog() {}

        Dog(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Fight")
    static class Fight {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Animal a;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Animal b;

        Fight() {}

        Fight(Animal a, Animal b) {
            this.a = a;
            this.b = b;
        }
    }
}
