package dev.writeguard.spring.door;

import dev.writeguard.event.GuardListener;
import dev.writeguard.event.ObservedEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What Guard has left out, observing only: {@code ensure public.talks 1}. */
public final class Observations implements GuardListener {

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void observed(ObservedEvent event) {
        events.add(event.operation() + " " + event.table() + " " + event.rows());
    }

    /** What was left out since the last call. */
    public List<String> take() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
