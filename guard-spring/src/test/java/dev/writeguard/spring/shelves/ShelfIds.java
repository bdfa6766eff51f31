package dev.writeguard.spring.shelves;

import java.util.Locale;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is the key of a parent, and what gives it its id. */
enum ShelfIds {
    ASSIGNED(
            Key.ID,
            Shelves.Assigned::new,
            book -> book.assigned,
            (book, shelf) -> book.assigned = (Shelves.Assigned) shelf,
            (books, id) -> books.insertAssigned((UUID) id)),
    EMBEDDED(
            Key.ID,
            Shelves.Embedded::new,
            book -> book.embedded,
            (book, shelf) -> book.embedded = (Shelves.Embedded) shelf,
            (books, id) -> books.insertEmbedded((Shelves.Place) id)),
    ID_CLASS(
            Key.ID,
            Shelves.Classed::new,
            book -> book.classed,
            (book, shelf) -> book.classed = (Shelves.Classed) shelf,
            (books, id) -> books.insertClassed((Shelves.Spot) id)),
    ASSIGNED_BESIDE_A_NATURAL_ID(
            Key.ID,
            Shelves.AssignedNamed::new,
            book -> book.assignedNamed,
            (book, shelf) -> book.assignedNamed = (Shelves.AssignedNamed) shelf,
            (books, id) -> books.insertAssignedNamed((UUID) id)),
    NATURAL_WITH_SEQUENCE(
            Key.NATURAL_ID,
            Shelves.SequencedNamed::new,
            book -> book.sequencedNamed,
            (book, shelf) -> book.sequencedNamed = (Shelves.SequencedNamed) shelf,
            (books, id) -> books.insertSequencedNamed((Long) id)),
    NATURAL_WITH_IDENTITY(
            Key.NATURAL_ID,
            Shelves.CountedNamed::new,
            book -> book.countedNamed,
            (book, shelf) -> book.countedNamed = (Shelves.CountedNamed) shelf,
            (books, id) -> books.insertCountedNamed((Integer) id)),
    NATURAL_WITH_UUID(
            Key.NATURAL_ID,
            Shelves.RandomNamed::new,
            book -> book.randomNamed,
            (book, shelf) -> book.randomNamed = (Shelves.RandomNamed) shelf,
            (books, id) -> books.insertRandomNamed((UUID) id)),
    TWO_NATURAL_WITH_IDENTITY(
            Key.NATURAL_ID,
            Shelves.CountedNamedTwice::new,
            book -> book.countedNamedTwice,
            (book, shelf) -> book.countedNamedTwice = (Shelves.CountedNamedTwice) shelf,
            (books, id) -> books.insertCountedNamedTwice((Long) id)),
    SEQUENCE(
            Key.NONE,
            Shelves.Sequenced::new,
            book -> book.sequenced,
            (book, shelf) -> book.sequenced = (Shelves.Sequenced) shelf,
            (books, id) -> books.insertSequenced((Long) id)),
    IDENTITY(
            Key.NONE,
            Shelves.Counted::new,
            book -> book.counted,
            (book, shelf) -> book.counted = (Shelves.Counted) shelf,
            (books, id) -> books.insertCounted((Long) id));

    /** By what somebody else's row is found. */
    enum Key {
        ID,
        NATURAL_ID,
        /** Of a generated id alone: a new instance is a row of its own. */
        NONE
    }

    private final Key key;
    private final Supplier<Shelf> create;
    private final Function<Book, @Nullable Shelf> get;
    private final BiConsumer<Book, @Nullable Shelf> put;
    private final BiConsumer<BookRepository<?>, @Nullable Object> insert;

    ShelfIds(
            Key key,
            Supplier<Shelf> create,
            Function<Book, @Nullable Shelf> get,
            BiConsumer<Book, @Nullable Shelf> put,
            BiConsumer<BookRepository<?>, @Nullable Object> insert) {
        this.key = key;
        this.create = create;
        this.get = get;
        this.put = put;
        this.insert = insert;
    }

    Key key() {
        return key;
    }

    boolean isIdentity() {
        return this == NATURAL_WITH_IDENTITY || this == TWO_NATURAL_WITH_IDENTITY || this == IDENTITY;
    }

    boolean isEager() {
        return this == NATURAL_WITH_SEQUENCE;
    }

    /** One with the key that all of this kind have, and with nothing else. */
    Shelf shelf() {
        return create.get();
    }

    Shelf shelf(String title) {
        Shelf shelf = shelf();
        shelf.title = title;
        return shelf;
    }

    @Nullable
    Shelf of(Book book) {
        return get.apply(book);
    }

    void put(Book book, @Nullable Shelf shelf) {
        put.accept(book, shelf);
    }

    void insertNatively(BookRepository<?> books, @Nullable Object id) {
        insert.accept(books, id);
    }

    Class<? extends Shelf> type() {
        return shelf().getClass();
    }

    String table() {
        return "shelves$" + underscored(type().getSimpleName());
    }

    /** The id of a row of a table, as text. */
    String id(String alias) {
        return isComposite() ? alias + ".room || " + alias + ".number" : alias + ".id::text";
    }

    /** What a row of a child refers to, as text. */
    String reference(String alias) {
        String column = alias + "." + underscored(type().getSimpleName());
        return isComposite() ? column + "_room || " + column + "_number" : column + "_id::text";
    }

    private boolean isComposite() {
        return this == EMBEDDED || this == ID_CLASS;
    }

    private static String underscored(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
