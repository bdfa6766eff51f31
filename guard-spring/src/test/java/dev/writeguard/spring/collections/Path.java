package dev.writeguard.spring.collections;

import dev.writeguard.spring.collections.Albums.Album;
import dev.writeguard.spring.collections.Albums.Photo;
import dev.writeguard.spring.collections.Albums.Shown;
import dev.writeguard.spring.collections.Albums.Tag;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.Stream;

/** The ways to write. */
enum Path {
    PERSIST {
        @Override
        Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
            album.show(shown);
            entities.persist(album);
            return album;
        }
    },
    MERGE {
        @Override
        Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
            album.show(shown);
            return entities.merge(album);
        }
    },

    /** Added to what Hibernate manages, of which no event tells before the flush. */
    ADD {
        @Override
        Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
            entities.persist(album);
            entities.flush();
            shown.forEach(album::add);
            return album;
        }
    },

    /** Added to a collection that has not been read. */
    ADD_UNREAD {
        /** The owner has left the context, and may have been deleted since. */
        @Override
        List<String> withOwner(List<String> sent, Kind kind) {
            return Stream.concat(sent.stream(), Stream.of("lock " + kind.owner()))
                    .toList();
        }

        @Override
        @SuppressWarnings("unchecked") // of the class that was stored
        Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
            entities.persist(album);
            entities.flush();
            entities.detach(album);
            Album<Shown> found = (Album<Shown>) entities.find(album.getClass(), 1L);
            shown.forEach(found::add);
            return found;
        }
    },

    /** Added before a query, which flushes. */
    QUERY {
        @Override
        Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
            ADD.write(album, shown, entities);
            entities.createQuery("from Photo", Photo.class).getResultList();
            entities.createQuery("from Tag", Tag.class).getResultList();
            return album;
        }
    },

    /** Another collection in place of the one that Hibernate manages. */
    REPLACE {
        @Override
        Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
            entities.persist(album);
            entities.flush();
            album.show(shown);
            return album;
        }
    };

    /** What is sent beside, for the album itself. */
    List<String> withOwner(List<String> sent, Kind kind) {
        return sent;
    }

    abstract Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities);
}
