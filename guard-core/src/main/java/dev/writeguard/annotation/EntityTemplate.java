package dev.writeguard.annotation;

/**
 * Fills a parent that has to be created, from the child that needs it. Where there is a bean of the class that
 * {@link EnsuredParent#template()} names, that one is asked; else an instance is made by its constructor without
 * parameters.
 *
 * <p>Asked for each parent that may have to be created, which of an instance is not known before: one whose row turns out to
 * be there is set back to what it was. Asked again if Guard runs the transaction again. Must be safe for use by many threads.
 *
 * @param <P> the parent's entity class
 * @param <C> the child's entity class
 * @since 0.1
 */
@FunctionalInterface
public interface EntityTemplate<P, C> {

    /**
     * Sets attributes of the parent; not its key, which it has already.
     *
     * @param parent a new instance that is not managed yet
     * @param child the instance that refers to it
     */
    void fill(P parent, C child);
}
