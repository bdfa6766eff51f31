package dev.writeguard.ensure;

import dev.writeguard.event.GuardListener;
import dev.writeguard.event.GuardListeners;
import dev.writeguard.event.ObservedEvent;
import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.plan.Messages;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.sql.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** What the operations on one database share: the mode of a rule and the listeners. Safe for use by many threads. */
final class Operations {

    private final Function<ParentRule, GuardMode> modes;
    private final GuardListeners listeners;
    private final Messages messages;

    Operations(Function<ParentRule, GuardMode> modes, List<GuardListener> listeners, Messages messages) {
        this.modes = modes;
        this.listeners = new GuardListeners(listeners);
        this.messages = messages;
    }

    GuardMode mode(ParentRule rule) {
        return modes.apply(rule);
    }

    void observed(GuardMode mode, String operation, ParentRule rule, int rows) {
        if (mode == GuardMode.OBSERVE) {
            var event = new ObservedEvent(operation, rule.table().name(), rows);
            listeners.tell(listener -> listener.observed(event));
        }
    }

    /** What an operation does with its connection; it may be asked to do it again in a new transaction. */
    @FunctionalInterface
    interface Body<T> {
        List<T> run(Run run) throws SQLException;
    }

    /**
     * What an operation is called and is about.
     *
     * @param name the verb
     * @param parent the parent's table
     * @param written the table that the operation is about, for failures of which the server names none
     * @param nameOf the word for an outcome
     */
    record Operation<T>(String name, TableName parent, TableName written, Function<T, String> nameOf) {}

    /** Runs the operation, translates its failure, and tells the listeners. */
    <T> List<T> run(ConnectionSource connections, Operation<T> operation, Body<T> body) {
        var measured = new MeasuredOperation<>(operation, body, messages);
        try {
            return measured.run(connections);
        } finally {
            if (!listeners.all().isEmpty()) {
                var event = measured.event();
                listeners.tell(listener -> listener.completed(event));
            }
        }
    }
}
