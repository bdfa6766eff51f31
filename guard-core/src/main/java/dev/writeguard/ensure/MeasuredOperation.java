package dev.writeguard.ensure;

import dev.writeguard.ensure.Operations.Body;
import dev.writeguard.ensure.Operations.Operation;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.plan.Messages;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import dev.writeguard.violation.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation from call to return, with all that is reported of it. Runs it again where its transaction is Guard's
 * own and has lost against another one: docs/adr/0010-the-owner-of-the-transaction-retries.md.
 */
final class MeasuredOperation<T> {

    private final Operation<T> operation;
    private final Body<T> body;
    private final Messages messages;
    private final long start = System.nanoTime();
    private final List<FailureCode> retries = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private List<T> outcomes = List.of();
    private @Nullable FailureReport failure;

    MeasuredOperation(Operation<T> operation, Body<T> body, Messages messages) {
        this.operation = operation;
        this.body = body;
        this.messages = messages;
    }

    /** The outcomes; or what {@link ConnectionSource#toThrow} makes of the failure. */
    List<T> run(ConnectionSource connections) {
        try {
            outcomes = connections.with(this::on);
            return outcomes;
        } catch (SQLException thrown) {
            throw connections.toThrow(failed(translate(thrown, null)));
        } catch (GuardException thrown) {
            throw connections.toThrow(failed(thrown));
        } catch (RuntimeException | Error thrown) {
            failure = FailureReport.of(
                    FailureCode.STATEMENT_FAILED,
                    operation.name(),
                    operation.written(),
                    "an unexpected " + thrown.getClass().getName() + ".");
            throw thrown;
        }
    }

    private GuardException failed(GuardException thrown) {
        failure = thrown.report();
        return thrown;
    }

    private List<T> on(Connection connection) throws SQLException {
        while (true) {
            try {
                return run(new WriteSession(connection, messages));
            } catch (SQLException thrown) {
                SQLException known = SqlFailures.onConnection(thrown, connection);
                GuardException translated = translate(known, aboveReadCommitted(known));
                if (!mayRunAgain(translated)) {
                    throw translated;
                }
                retries.add(translated.code());
            } catch (GuardException thrown) {
                if (!mayRunAgain(thrown)) {
                    throw thrown;
                }
                retries.add(thrown.code());
            }
        }
    }

    private List<T> run(WriteSession session) throws SQLException {
        Run run = Run.on(session);
        runs.add(run);
        try {
            return session.run(() -> body.run(run));
        } catch (SQLException | RuntimeException | Error thrown) {
            run.leaveNothing(thrown);
            throw thrown;
        }
    }

    private boolean mayRunAgain(GuardException thrown) {
        if (runs.isEmpty() || session().joined() || runs.size() >= Attempts.LIMIT) {
            return false;
        }
        return thrown.mayRetry() && thrown.code().retriedByGuard() && !isMissingAgain(thrown);
    }

    /** A row that is missing on a fixed snapshot is found by the next one, or not at all. */
    private boolean isMissingAgain(GuardException thrown) {
        return thrown.code() == FailureCode.REFERENCE_MISSING && retries.contains(thrown.code());
    }

    private @Nullable Boolean aboveReadCommitted(SQLException thrown) {
        try {
            return SqlFailures.dependsOnSnapshot(thrown) && !runs.isEmpty()
                    ? session().aboveReadCommitted()
                    : null;
        } catch (SQLException second) {
            thrown.addSuppressed(second);
            return null;
        }
    }

    /** That of the last run. */
    private WriteSession session() {
        return runs.get(runs.size() - 1).session();
    }

    private GuardException translate(SQLException thrown, @Nullable Boolean aboveReadCommitted) {
        SqlFailures.Moment moment =
                runs.isEmpty() ? SqlFailures.Moment.IN_TRANSACTION : session().moment();
        if (!runs.isEmpty() && session().committedUnread()) {
            return new GuardException(
                    FailureReport.of(
                            FailureCode.OUTCOME_UNKNOWN,
                            operation.name(),
                            operation.written(),
                            "the write was carried out, but its answer could not be read."),
                    thrown);
        }
        return SqlFailures.translate(thrown, operation.name(), operation.written(), moment, aboveReadCommitted);
    }

    /** What is told to listeners. */
    OperationEvent event() {
        Map<String, Integer> counts = new HashMap<>();
        outcomes.forEach(outcome -> counts.merge(operation.nameOf().apply(outcome), 1, Integer::sum));
        int roundTrips = 0;
        int repeats = 0;
        for (Run run : runs) {
            roundTrips += run.session().roundTrips();
            repeats += run.attempts().repeats();
        }
        return new OperationEvent(
                operation.name(),
                operation.parent(),
                counts,
                roundTrips,
                repeats,
                retries,
                Duration.ofNanos(System.nanoTime() - start),
                failure);
    }
}
