package dev.writeguard.benchmarks.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** The parent, with and without Guard. */
@Entity
@Table(name = "conversations")
class Conversation {

    /** What the rows have that are there already: a save of it changes nothing. */
    private static final String UNTITLED = "untitled";

    @Id
    UUID id;

    String title = UNTITLED;

    protected Conversation() {}

    Conversation(UUID id) {
        this.id = id;
    }
}
