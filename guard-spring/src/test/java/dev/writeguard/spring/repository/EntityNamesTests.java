package dev.writeguard.spring.repository;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Entity;
import org.junit.jupiter.api.Test;

/** What entities are called, as Hibernate calls them. */
class EntityNamesTests {

    @Entity
    static class Nested {}

    @Entity(name = "Called")
    static class Named {}

    @Test
    void takesTheNameThatIsGiven() {
        assertThat(EntityNames.of(Named.class)).isEqualTo("Called");
    }

    @Test
    void takesTheClassesAroundIntoTheName() {
        assertThat(EntityNames.of(Nested.class)).isEqualTo("EntityNamesTests$Nested");
    }
}
