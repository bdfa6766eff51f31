package dev.writeguard.spring.shelves;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Children with ids of every kind. */
final class Books {

    private Books() {}

    @Entity(name = "numbered_book")
    static class Numbered extends Book {
        @Id
        @Nullable
        Long id;
    }

    @Entity(name = "sequenced_book")
    static class Sequenced extends Book {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;
    }

    @Entity(name = "counted_book")
    static class Counted extends Book {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;
    }
}
