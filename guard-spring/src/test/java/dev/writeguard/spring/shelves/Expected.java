package dev.writeguard.spring.shelves;

import java.util.ArrayList;
import java.util.List;

/**
 * What a cell sends, and what is stored afterwards.
 *
 * @param seen whether an earlier transaction has ensured the parent, and it was there
 */
record Expected(Cell cell, boolean seen) {

    private String shelf() {
        return cell.shelves().table();
    }

    private String book() {
        return cell.books().table();
    }

    /** What brings the parent about, then the child's own statements; nothing else. */
    List<String> statements() {
        List<String> sent = new ArrayList<>(ofGuard());
        if (cell.refused().isPresent()) {
            return sent;
        }
        if (cell.path().merges(cell.books()) && cell.books() == BookIds.ASSIGNED) {
            sent.add("select " + book());
        }
        if (isReadByMerge()) {
            sent.add("select " + shelf());
        }
        if (!cell.shelves().isIdentity() && (cell.isPersistedByCode() || cell.isRowOfItsOwn())) {
            sent.add("insert " + shelf() + " x1");
        }
        if (cell.carrier().isRemoved()) {
            // Hibernate flushes before a statement of which it knows no tables.
            sent.add("delete " + shelf() + " x1");
        }
        sent.addAll(ofChild());
        return sent;
    }

    private List<String> ofGuard() {
        String lock = "lock " + shelf();
        String ensure = "ensure " + shelf();
        if (cell.refersToNothing() || cell.carrier().isRemoved() || cell.isPersistedByCode()) {
            return List.of();
        }
        if (cell.isRowOfItsOwn()) {
            return cell.shelves().isIdentity() ? List.of("insert " + shelf()) : List.of();
        }
        if (cell.bringsKeyAndValues() && !seen) {
            return List.of(ensure);
        }
        return cell.present() || cell.refused().isPresent() ? List.of(lock) : List.of(lock, ensure);
    }

    /** By an eager association, where the merge is left with a reference. */
    private boolean isReadByMerge() {
        return cell.shelves().isEager()
                && cell.path().merges(cell.books())
                && cell.present()
                && cell.carrier() != Carrier.NULL
                && !cell.carrier().isOfContext();
    }

    private List<String> ofChild() {
        String insert = "insert " + book() + (cell.books() == BookIds.IDENTITY ? "" : " x1");
        boolean same = cell.carrier() == Carrier.NULL;
        return switch (cell.path()) {
            case PERSIST, MERGE, SAVE, SAVE_ALL -> List.of(insert);
            case CASCADE -> List.of(insert, "insert book_tray x1");
            case CASCADE_AT_FLUSH -> List.of(insert, "update book_tray x1");
            case FLUSH -> same ? List.of() : List.of("update " + book() + " x1");
            case QUERY -> same ? List.of("select " + book()) : List.of("update " + book() + " x1", "select " + book());
            case NATIVE_METHOD -> List.of("insert " + book());
        };
    }

    /** Title and version of each row of a parent. */
    List<String> shelves() {
        List<String> rows = new ArrayList<>();
        boolean isDeleted = cell.carrier().isRemoved() && cell.refused().isEmpty();
        if (cell.present() && !isDeleted) {
            rows.add("stored 3");
        }
        boolean isWritten = cell.isPersistedByCode()
                || cell.isRowOfItsOwn()
                || !cell.present() && !cell.refersToNothing() && cell.refused().isEmpty();
        if (isWritten) {
            rows.add(written());
        }
        return rows;
    }

    private String written() {
        if (cell.knowsIdAlone() || cell.carrier() == Carrier.KEY_ONLY) {
            return "untitled 0";
        }
        return cell.carrier() == Carrier.DETACHED ? "stored 3" : "given 0";
    }

    /** How many children refer to a parent. */
    int referring() {
        return cell.refused().isPresent() || cell.refersToNothing() ? 0 : 1;
    }

    /** Whether what the child refers to is known to the context with all that it has. */
    boolean isInitialised() {
        return cell.isGivenWritten() || cell.carrier().isOfContext() || !cell.present() || isReadByMerge();
    }
}
