package dev.writeguard.spring.shelves;

import dev.writeguard.spring.door.DoorApplication;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What gives a child its id. */
enum BookIds {
    ASSIGNED("numbered_book", NumberedBookRepository.class, () -> {
        var book = new Books.Numbered();
        book.id = next();
        return book;
    }),
    SEQUENCE("sequenced_book", SequencedBookRepository.class, Books.Sequenced::new),
    IDENTITY("counted_book", CountedBookRepository.class, Books.Counted::new);

    private static final AtomicLong NUMBERS = new AtomicLong(1000);

    private final String table;
    private final Class<? extends BookRepository<?>> repository;
    private final Supplier<Book> create;

    BookIds(String table, Class<? extends BookRepository<?>> repository, Supplier<Book> create) {
        this.table = table;
        this.repository = repository;
        this.create = create;
    }

    private static long next() {
        return NUMBERS.incrementAndGet();
    }

    Book book() {
        return create.get();
    }

    String table() {
        return table;
    }

    @SuppressWarnings("unchecked") // of what class its books are, the constant says
    BookRepository<Book> repository(DoorApplication application) {
        return (BookRepository<Book>) application.bean(repository);
    }
}
