package dev.writeguard.spring.eleventh;

import dev.writeguard.spring.jpa.EntityEnsureParent;
import jakarta.persistence.EntityManager;
import org.springframework.jdbc.core.JdbcTemplate;

/** What application code may have injected. */
record Beans(
        EntityManager entities, MoreCards more, GuardedCards guarded, JdbcTemplate jdbc, EntityEnsureParent ensure) {

    /** As a service refers to a board of which it has the id. */
    Board board(long id) {
        return entities.getReference(Board.class, id);
    }
}
