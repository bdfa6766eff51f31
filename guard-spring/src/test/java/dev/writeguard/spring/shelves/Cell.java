package dev.writeguard.spring.shelves;

import dev.writeguard.violation.FailureCode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One child, and how it is written.
 *
 * @param present whether the row of the parent is there before
 */
record Cell(Path path, BookIds books, ShelfIds shelves, Carrier carrier, boolean present) {

    static Stream<Cell> all() {
        return Stream.of(Path.values())
                .flatMap(path -> Stream.of(BookIds.values())
                        .flatMap(books -> Stream.of(ShelfIds.values())
                                .flatMap(shelves -> Stream.of(Carrier.values())
                                        .flatMap(carrier -> Stream.of(true, false)
                                                .map(present -> new Cell(path, books, shelves, carrier, present))))))
                .filter(Cell::isOne);
    }

    /** What is removed was there; and some carriers are the same where there is one key alone, or none. */
    private boolean isOne() {
        return switch (carrier) {
            case REMOVED, SECOND_OF_REMOVED, REMOVED_REFERENCE -> present;
            case SECOND_BY_ID -> shelves.key() == ShelfIds.Key.NATURAL_ID;
            case KEY_ONLY -> shelves.key() != ShelfIds.Key.NONE;
            default -> true;
        };
    }

    boolean isNative() {
        return path == Path.NATIVE_METHOD;
    }

    /** A method that is given an id says nothing of an instance that has none. */
    boolean refersToNothing() {
        boolean byName = shelves.key() == ShelfIds.Key.NATURAL_ID
                && (carrier == Carrier.SECOND_INSTANCE || carrier == Carrier.SECOND_OF_REMOVED);
        boolean generated = shelves.key() != ShelfIds.Key.ID;
        return carrier == Carrier.NULL || isNative() && (byName || generated && carrier.isNew());
    }

    /** Whether nothing but the id is known of the parent. */
    boolean knowsIdAlone() {
        return carrier == Carrier.REFERENCE || isNative() && !carrier.isOfContext();
    }

    /** Whether the parent can be created without a look at what is there. */
    boolean bringsKeyAndValues() {
        return !knowsIdAlone() && (carrier.isNew() || carrier == Carrier.DETACHED && shelves.key() == ShelfIds.Key.ID);
    }

    /** Whether code has persisted the parent before the child comes to refer to it. */
    boolean isPersistedByCode() {
        return !present && carrier.isOfContext();
    }

    /**
     * Whether code would have to persist the parent without a transaction, where nothing but the INSERT gives an id: Hibernate
     * delays that, and until then there is nothing that a child could refer to.
     */
    boolean isWithoutIdBeforeFlush() {
        return isPersistedByCode() && shelves.isIdentity();
    }

    /** Whether a new instance is a row of its own, whatever is there. */
    boolean isRowOfItsOwn() {
        return shelves.key() == ShelfIds.Key.NONE && carrier.isNew() && !refersToNothing();
    }

    /** Whether the row becomes that of the instance that was given. */
    boolean isGivenWritten() {
        return isRowOfItsOwn() || !present && (carrier.isNew() || carrier == Carrier.DETACHED);
    }

    /** Why the write is refused; empty if it is not. */
    Optional<FailureCode> refused() {
        if (refersToNothing()) {
            return Optional.empty();
        }
        if (carrier.isRemoved()) {
            return Optional.of(FailureCode.PARENT_REMOVED);
        }
        boolean goneForGood = !present
                && (shelves.key() == ShelfIds.Key.NATURAL_ID && knowsIdAlone()
                        || shelves.key() == ShelfIds.Key.NONE && (knowsIdAlone() || carrier == Carrier.DETACHED));
        return goneForGood ? Optional.of(FailureCode.PARENT_ABSENT) : Optional.empty();
    }

    @Override
    public String toString() {
        return path + ", " + books + " id, " + carrier + " with " + shelves + " id, present: " + present;
    }
}
