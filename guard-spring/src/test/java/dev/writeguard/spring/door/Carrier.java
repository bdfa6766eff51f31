package dev.writeguard.spring.door;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a child carries its parent. */
enum Carrier {
    NULL(List.of(), List.of()) {
        @Override
        @Nullable
        Talk talk(UUID id, EntityManager entities, StatementLog statements) {
            return null;
        }
    },
    ID_ONLY(List.of("ensure talks"), List.of("ensure talks")) {
        @Override
        Talk talk(UUID id, EntityManager entities, StatementLog statements) {
            return new Talk(id);
        }
    },
    VALUES(List.of("ensure talks"), List.of("ensure talks")) {
        @Override
        Talk talk(UUID id, EntityManager entities, StatementLog statements) {
            return new Talk(id, "given");
        }
    },
    REFERENCE(List.of("lock talks"), List.of("lock talks", "ensure talks")) {
        @Override
        Talk talk(UUID id, EntityManager entities, StatementLog statements) {
            return entities.getReference(Talk.class, id);
        }
    },
    MANAGED(List.of("lock talks"), List.of()) {
        @Override
        Talk talk(UUID id, EntityManager entities, StatementLog statements) {
            Talk found = entities.find(Talk.class, id);
            statements.clear();
            if (found == null) {
                found = new Talk(id, "given");
                entities.persist(found);
            }
            return found;
        }
    },
    SECOND_INSTANCE(List.of("lock talks"), List.of()) {
        @Override
        Talk talk(UUID id, EntityManager entities, StatementLog statements) {
            MANAGED.talk(id, entities, statements);
            return new Talk(id, "second");
        }
    },
    DETACHED(List.of("ensure talks"), List.of("ensure talks")) {
        @Override
        Talk talk(UUID id, EntityManager entities, StatementLog statements) {
            Talk found = entities.find(Talk.class, id);
            entities.clear();
            statements.clear();
            Talk detached = found == null ? new Talk(id, "given") : found;
            detached.version = 0;
            return detached;
        }
    };

    private final List<String> whenPresent;
    private final List<String> whenAbsent;

    Carrier(List<String> whenPresent, List<String> whenAbsent) {
        this.whenPresent = whenPresent;
        this.whenAbsent = whenAbsent;
    }

    abstract @Nullable Talk talk(UUID id, EntityManager entities, StatementLog statements);

    /** Whether it needs the context in which the child is written. */
    boolean isOfTheContext() {
        return this == MANAGED || this == SECOND_INSTANCE;
    }

    /** Whether it is an instance that is not managed, nor the second of one. */
    boolean isAnInstance() {
        return this == ID_ONLY || this == VALUES || this == DETACHED;
    }

    /** What Guard sends for the given instance. */
    List<String> statements(boolean present) {
        return present ? whenPresent : whenAbsent;
    }
}
