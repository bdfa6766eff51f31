package dev.writeguard.spring.declared;

import jakarta.persistence.EntityManager;

/** How a child refers to a room that is not there. */
enum Carrier {
    INSTANCE {
        @Override
        Room room(long id, EntityManager entities) {
            return new Room(id);
        }
    },
    REFERENCE {
        @Override
        Room room(long id, EntityManager entities) {
            return entities.getReference(Room.class, id);
        }
    };

    abstract Room room(long id, EntityManager entities);
}
