package dev.writeguard.spring.metrics;

import dev.writeguard.event.GuardListener;
import dev.writeguard.event.ObservedEvent;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.event.RetriedEvent;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The meters of one database. */
final class DatabaseMeters implements GuardListener {

    private static final List<String> SINGLE_AND_BULK = List.of("", "All");
    private static final String LOST_RACE = "lost-race";

    private final MeterRegistry registry;
    private final String database;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Key, Counter> observed = new ConcurrentHashMap<>();
    private final Map<String, Counter> retries = new ConcurrentHashMap<>();

    private record Key(String operation, TableName entity, String outcome) {}

    DatabaseMeters(MeterRegistry registry, String database) {
        this.registry = registry;
        this.database = database;
        retries(LOST_RACE);
        Stream.of(FailureCode.values()).filter(FailureCode::retriedByGuard).forEach(code -> retries(word(code)));
        // Core never repeats what a lost connection has ended; a repository does, which begins a transaction on another
        // one.
        retries(word(FailureCode.CONNECTION_LOST));
    }

    void expect(ParentRule rule) {
        expect("ensure", rule.table().name(), List.of("created", "existing"), rule.refusable());
        expect("lock", rule.table().name(), List.of("existing", "absent"), rule.refusable());
    }

    void expect(ChildRule rule) {
        ParentRule parent = rule.parent();
        List<String> outcomes =
                rule.once().isPresent() ? List.of("inserted", "duplicate", "elsewhere") : List.of("inserted");
        expect("insert", parent.table().name(), outcomes, parent.refusable());
    }

    @Override
    public void completed(OperationEvent event) {
        timer(new Key(event.operation(), event.table(), outcome(event))).record(event.duration());
        if (event.repeats() > 0) {
            retries(LOST_RACE).increment(event.repeats());
        }
        event.retries().forEach(code -> retries(word(code)).increment());
    }

    @Override
    public void observed(ObservedEvent event) {
        observed(new Key(event.operation(), event.table(), "")).increment(event.rows());
    }

    @Override
    public void retried(RetriedEvent event) {
        retries(word(event.reason())).increment();
    }

    private void expect(String operation, TableName entity, List<String> outcomes, boolean refusable) {
        for (String size : SINGLE_AND_BULK) {
            outcomes.forEach(outcome -> timer(new Key(operation + size, entity, outcome)));
            timer(new Key(operation + size, entity, "failed"));
            if (refusable) {
                timer(new Key(operation + size, entity, "refused"));
            }
            observed(new Key(operation + size, entity, ""));
        }
    }

    private static String outcome(OperationEvent event) {
        if (event.failure() != null) {
            return "failed";
        }
        return switch (event.outcomes().size()) {
            case 0 -> "none";
            case 1 -> event.outcomes().keySet().iterator().next();
            default -> "mixed";
        };
    }

    private Timer timer(Key key) {
        return timers.computeIfAbsent(
                key,
                absent -> Timer.builder("guard.operation")
                        .description("Operations of Guard")
                        .tag("database", database)
                        .tag("operation", absent.operation())
                        .tag("entity", absent.entity().toString())
                        .tag("outcome", absent.outcome())
                        .register(registry));
    }

    private Counter observed(Key key) {
        return observed.computeIfAbsent(
                key,
                absent -> counter(
                        "guard.observed",
                        "Rows that Guard would have ensured",
                        Tags.of(
                                "operation",
                                absent.operation(),
                                "entity",
                                absent.entity().toString())));
    }

    private Counter retries(String reason) {
        return retries.computeIfAbsent(
                reason,
                absent -> counter(
                        "guard.retries",
                        "Statements and transactions that Guard sent again",
                        Tags.of("reason", absent)));
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name)
                .description(description)
                .tag("database", database)
                .tags(tags)
                .register(registry);
    }

    /** {@code serialization-failure} of {@code SERIALIZATION_FAILURE}. */
    private static String word(FailureCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
