package dev.writeguard.ensure;

import dev.writeguard.event.GuardListener;
import dev.writeguard.event.ObservedEvent;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.plan.Messages;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import dev.writeguard.violation.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the operations on one database share: the mode of a rule, the listeners, and the translation of what the driver
 * throws. Immutable and safe for use by many threads.
 */
final class Operations {

    private static final System.Logger LOG = System.getLogger(Operations.class.getName());

    private final Function<ParentRule, GuardMode> modes;
    private final List<GuardListener> listeners;
    private final Messages messages;

    Operations(Function<ParentRule, GuardMode> modes, List<GuardListener> listeners, Messages messages) {
        this.modes = modes;
        this.listeners = List.copyOf(listeners);
        this.messages = messages;
    }

    GuardMode mode(ParentRule rule) {
        return modes.apply(rule);
    }

    void observed(GuardMode mode, String operation, ParentRule rule, int rows) {
        if (mode == GuardMode.OBSERVE) {
            var event = new ObservedEvent(operation, rule.table().name(), rows);
            tell(listener -> listener.observed(event));
        }
    }

    /** One run of an operation. */
    record Run(WriteSession session, Attempts attempts) {}

    /** What an operation does with its connection. */
    @FunctionalInterface
    interface Body<T> {
        List<T> run(Run run) throws SQLException;
    }

    /**
     * Runs the operation, translates its failure, and tells the listeners.
     *
     * @param rule the parent's rule
     * @param written the table that the operation is about, for failures of which the server names none
     */
    <T> List<T> run(
            ConnectionSource connections,
            String operation,
            ParentRule rule,
            TableName written,
            Function<T, String> nameOf,
            Body<T> body) {
        return new Measured<>(operation, rule, written, nameOf, body).run(connections);
    }

    private void tell(Consumer<GuardListener> news) {
        for (GuardListener listener : listeners) {
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

    /** One operation with all that is reported of it. */
    private final class Measured<T> {

        private final String operation;
        private final ParentRule rule;
        private final TableName written;
        private final Function<T, String> nameOf;
        private final Body<T> body;
        private final Attempts attempts = new Attempts();
        private final long start = System.nanoTime();
        private @Nullable WriteSession session;

        Measured(String operation, ParentRule rule, TableName written, Function<T, String> nameOf, Body<T> body) {
            this.operation = operation;
            this.rule = rule;
            this.written = written;
            this.nameOf = nameOf;
            this.body = body;
        }

        List<T> run(ConnectionSource connections) {
            try {
                List<T> outcomes = connections.with(this::on);
                report(outcomes, null);
                return outcomes;
            } catch (SQLException failure) {
                GuardException translated = translate(failure, null);
                report(List.of(), translated);
                throw connections.toThrow(translated);
            } catch (GuardException failure) {
                report(List.of(), failure);
                throw connections.toThrow(failure);
            }
        }

        private List<T> on(Connection connection) throws SQLException {
            WriteSession opened = new WriteSession(connection, messages);
            session = opened;
            try {
                return body.run(new Run(opened, attempts));
            } catch (SQLException failure) {
                throw translate(failure, aboveReadCommitted(opened, failure));
            }
        }

        private @Nullable Boolean aboveReadCommitted(WriteSession opened, SQLException failure) {
            try {
                return SqlFailures.dependsOnSnapshot(failure) ? opened.aboveReadCommitted() : null;
            } catch (SQLException second) {
                failure.addSuppressed(second);
                return null;
            }
        }

        private GuardException translate(SQLException failure, @Nullable Boolean aboveReadCommitted) {
            SqlFailures.Moment moment = session == null ? SqlFailures.Moment.IN_TRANSACTION : session.moment();
            return SqlFailures.translate(failure, operation, written, moment, aboveReadCommitted);
        }

        private void report(List<T> outcomes, @Nullable GuardException failure) {
            if (listeners.isEmpty()) {
                return;
            }
            Map<String, Integer> counts = new TreeMap<>();
            outcomes.forEach(outcome -> counts.merge(nameOf.apply(outcome), 1, Integer::sum));
            FailureReport reported = failure == null ? null : failure.report();
            var event = new OperationEvent(
                    operation,
                    rule.table().name(),
                    counts,
                    session == null ? 0 : session.roundTrips(),
                    attempts.repeats(),
                    Duration.ofNanos(System.nanoTime() - start),
                    reported);
            tell(listener -> listener.completed(event));
        }
    }
}
