package dev.writeguard.testkit;

import dev.writeguard.event.GuardListener;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.violation.FailureCode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told of operations, in the order of their ends. Safe for use by many threads. */
public final class CompletedEvents implements GuardListener {

    private final List<OperationEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void completed(OperationEvent event) {
        events.add(event);
    }

    /** All of them so far. */
    public List<OperationEvent> all() {
        return List.copyOf(events);
    }

    /** What they say was run again, one after the other. */
    public List<FailureCode> retries() {
        return events.stream().flatMap(event -> event.retries().stream()).toList();
    }

    /** Forgets them. */
    public void clear() {
        events.clear();
    }
}
