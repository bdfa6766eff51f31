package dev.writeguard.spring.metrics;

import dev.writeguard.event.GuardListener;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.event.DatabaseListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns what Guard reports into meters: the timer {@code guard.operation} (database, operation, entity, outcome), the
 * counter {@code guard.observed} (database, operation, entity) of rows that mode <i>observe</i> would have ensured, and
 * the counter {@code guard.retries} (database, reason) of what was sent again.
 *
 * <p>The database is the bean name of its {@code EntityManagerFactory} or {@code DataSource}, the entity the parent's
 * table. The outcome is that of the rows if they all have one, else {@code mixed}; {@code failed} if an exception was
 * thrown, {@code none} for an operation on nothing. The reason is {@code lost-race} for statements that were sent again
 * because the parent was deleted between its INSERT and its lock, and the name of the failure, such as
 * {@code serialization-failure}, for a transaction of Guard's own that was run again.
 *
 * @since 0.1
 */
public final class GuardMeters implements DatabaseListener {

    private final MeterRegistry registry;
    private final Map<String, DatabaseMeters> databases = new ConcurrentHashMap<>();

    public GuardMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public GuardListener on(String database) {
        return of(database);
    }

    /** Registers the meters of a rule at zero, so that a rate can be taken from the first event on. */
    public void expect(String database, ParentRule rule) {
        of(database).expect(rule);
    }

    /** Registers the meters of a rule at zero. */
    public void expect(String database, ChildRule rule) {
        of(database).expect(rule);
    }

    private DatabaseMeters of(String database) {
        return databases.computeIfAbsent(database, name -> new DatabaseMeters(registry, name));
    }
}
