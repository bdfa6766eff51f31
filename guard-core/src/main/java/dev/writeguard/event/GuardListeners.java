package dev.writeguard.event;

import java.util.List;
import java.util.function.Consumer;

/**
 * The listeners of one database, told one after the other. An exception of one is logged and changes nothing for the
 * others.
 *
 * @since 0.1
 */
public record GuardListeners(List<GuardListener> all) {

    private static final System.Logger LOG = System.getLogger(GuardListener.class.getName());

    public GuardListeners {
        all = List.copyOf(all);
    }

    /** Tells each of them. */
    public void tell(Consumer<GuardListener> news) {
        for (GuardListener listener : all) {
            try {
                news.accept(listener);
            } catch (RuntimeException failure) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "A GuardListener threw an exception; the operation goes on",
                        failure);
            }
        }
    }
}
