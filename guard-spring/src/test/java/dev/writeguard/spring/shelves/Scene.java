package dev.writeguard.spring.shelves;

import dev.writeguard.spring.door.DoorApplication;
import jakarta.persistence.EntityManager;

/**
 * Where one child is written.
 *
 * @param entities that of the transaction; or the one that is bound; or the one that asks for a transaction
 * @param books of what class the child is
 * @param tray carries it, where there is a cascade
 */
record Scene(DoorApplication application, EntityManager entities, BookIds books, BookTray tray) {

    Scene(DoorApplication application, EntityManager entities, BookIds books) {
        this(application, entities, books, new BookTray());
    }

    BookRepository<Book> repository() {
        return books.repository(application);
    }

    BookTrayRepository trays() {
        return application.bean(BookTrayRepository.class);
    }
}
