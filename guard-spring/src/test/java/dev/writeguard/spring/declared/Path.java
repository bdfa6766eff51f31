package dev.writeguard.spring.declared;

import jakarta.persistence.EntityManager;

/** The ways to write a child. */
enum Path {
    PERSIST {
        @Override
        Note write(Note note, Room room, EntityManager entities) {
            note.putInto(room);
            entities.persist(note);
            return note;
        }
    },
    MERGE {
        @Override
        Note write(Note note, Room room, EntityManager entities) {
            note.putInto(room);
            return entities.merge(note);
        }
    },
    FLUSH {
        @Override
        Note write(Note note, Room room, EntityManager entities) {
            note.putInto(null);
            entities.persist(note);
            entities.flush();
            note.putInto(room);
            return note;
        }
    };

    abstract Note write(Note note, Room room, EntityManager entities);
}
