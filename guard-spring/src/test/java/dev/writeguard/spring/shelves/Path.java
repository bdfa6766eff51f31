package dev.writeguard.spring.shelves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to write a child. */
enum Path {
    PERSIST {
        @Override
        Book write(Book book, ShelfIds shelves, Scene scene) {
            scene.entities().persist(book);
            return book;
        }
    },
    MERGE {
        @Override
        Book write(Book book, ShelfIds shelves, Scene scene) {
            return scene.entities().merge(book);
        }
    },
    SAVE {
        @Override
        Book write(Book book, ShelfIds shelves, Scene scene) {
            return scene.repository().save(book);
        }
    },
    SAVE_ALL {
        @Override
        Book write(Book book, ShelfIds shelves, Scene scene) {
            return scene.repository().saveAll(List.of(book)).get(0);
        }
    },
    CASCADE {
        @Override
        Book write(Book book, ShelfIds shelves, Scene scene) {
            scene.entities().persist(scene.tray().put(book));
            return book;
        }

        @Override
        Book writeAlone(Book book, ShelfIds shelves, Scene scene) {
            scene.trays().save(scene.tray().put(book));
            return book;
        }
    },

    /** A managed tray comes to refer to a new child, which no event tells of before the flush. */
    CASCADE_AT_FLUSH {
        @Override
        void prepare(Book book, Scene scene) {
            scene.entities().persist(scene.tray());
            scene.entities().flush();
        }

        @Override
        Book write(Book book, ShelfIds shelves, Scene scene) {
            scene.tray().put(book);
            scene.entities().flush();
            return book;
        }

        @Override
        Book writeAlone(Book book, ShelfIds shelves, Scene scene) {
            scene.tray().put(book);
            scene.trays().flush();
            return book;
        }
    },

    /** A managed child without a parent gets one. */
    FLUSH {
        @Override
        void prepare(Book book, Scene scene) {
            scene.entities().persist(book);
            scene.entities().flush();
        }

        @Override
        Book write(Book book, ShelfIds shelves, Scene scene) {
            scene.entities().flush();
            return book;
        }

        @Override
        Book writeAlone(Book book, ShelfIds shelves, Scene scene) {
            scene.repository().flush();
            return book;
        }
    },

    /** The same, when a query asks for children. */
    QUERY {
        @Override
        void prepare(Book book, Scene scene) {
            FLUSH.prepare(book, scene);
        }

        @Override
        Book write(Book book, ShelfIds shelves, Scene scene) {
            assertThat(scene.entities()
                            .createQuery("select count(*) from " + scene.books().table(), Long.class)
                            .getSingleResult())
                    .isEqualTo(1);
            return book;
        }

        @Override
        Book writeAlone(Book book, ShelfIds shelves, Scene scene) {
            assertThat(scene.repository().countAfterFlush()).isEqualTo(1);
            return book;
        }
    },

    /** SQL of the application's own, on a method that says which parent it needs. It is given an id, and nothing else. */
    NATIVE_METHOD {
        @Override
        Book write(Book book, ShelfIds shelves, Scene scene) {
            Shelf shelf = shelves.of(book);
            shelves.insertNatively(scene.repository(), shelf == null ? null : id(shelf, scene));
            return book;
        }

        private @Nullable Object id(Shelf shelf, Scene scene) {
            return scene.entities()
                    .getEntityManagerFactory()
                    .getPersistenceUnitUtil()
                    .getIdentifier(shelf);
        }
    };

    /** What is there before the child comes to carry its parent. */
    void prepare(Book book, Scene scene) {}

    /** Within a transaction, which is not flushed yet. */
    abstract Book write(Book book, ShelfIds shelves, Scene scene);

    /** Without one: what is called begins and commits it. */
    Book writeAlone(Book book, ShelfIds shelves, Scene scene) {
        return write(book, shelves, scene);
    }

    /** Whether the child is copied: a repository merges what has an id already. */
    boolean merges(BookIds books) {
        return this == MERGE || (this == SAVE || this == SAVE_ALL) && books == BookIds.ASSIGNED;
    }

    /** Whether the child was there before, without a parent. */
    boolean isOfStored() {
        return this == FLUSH || this == QUERY;
    }

    /** Whether a repository does it in a transaction of its own. The EntityManager itself begins none, and asks for one. */
    boolean isPossibleAlone() {
        return this != PERSIST && this != MERGE;
    }

    /** Whether it takes a context that was there before. */
    boolean needsContext() {
        return this == CASCADE_AT_FLUSH || isOfStored();
    }
}
