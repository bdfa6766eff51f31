package dev.writeguard.rule;

/**
 * Supplies the values of a parent that has to be created, from its key and the child that needs it.
 *
 * <p>Asked before anything is sent, also when the parent turns out to exist, and again if Guard runs a transaction of
 * its own again. Must be safe for use by many threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ParentTemplate {

    /**
     * @param parent the key of the parent; its columns need not be repeated in the result, but if they are, they must
     *     be equal
     * @param child the row that needs the parent; without values where the parent is ensured by itself
     * @return values of the parent's table
     */
    RowValues valuesFor(RowKey parent, RowValues child);
}
