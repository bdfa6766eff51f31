package dev.writeguard.plan;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Messages that are composed once: to compose one takes longer than the driver takes to send it. Holds texts only, no
 * values, and a bounded number.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class Messages {

    /** More shapes than a program has, unless it makes up rules or columns as it goes. */
    private static final int LIMIT = 1_000;

    private final Map<Object, Message> composed = new ConcurrentHashMap<>();

    Message get(Object shape, Supplier<List<Action>> actions) {
        Message known = composed.get(shape);
        if (known != null) {
            return known;
        }
        Message message = new Message(actions.get());
        if (composed.size() >= LIMIT) {
            composed.clear();
        }
        composed.put(shape, message);
        return message;
    }
}
