package dev.writeguard.spring.alike;

import jakarta.persistence.EntityManager;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A parent that uses one feature of the mapping.
 *
 * @param whole makes a new one, with what it refers to
 * @param part makes a child for it
 * @param different columns whose values differ between two rows that are alike: clocks, and generated ids
 */
record Feature<W>(
        String name, Function<EntityManager, W> whole, Supplier<? extends Part<W>> part, Set<String> different) {

    static <W> Feature<W> of(String name, Supplier<W> whole, Supplier<? extends Part<W>> part, String... different) {
        return new Feature<>(name, entities -> whole.get(), part, Set.of(different));
    }

    Feature<W> differentIn(String... columns) {
        return new Feature<>(name, whole, part, Set.of(columns));
    }

    Part<W> partOf(W given) {
        Part<W> child = part.get();
        child.whole = given;
        return child;
    }

    @Override
    public String toString() {
        return name;
    }
}
