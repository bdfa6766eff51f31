package dev.writeguard.ensure;

import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The four operations as one, so that a test says once what holds for all of them. */
enum Way {
    ENSURE,
    ENSURE_ALL,
    INSERT,
    INSERT_ALL;

    /** Each way, with autocommit and inside a transaction of the caller's. */
    static Stream<Arguments> inBothModes() {
        return Stream.of(values()).flatMap(way -> Stream.of(Arguments.of(way, true), Arguments.of(way, false)));
    }

    boolean writesChild() {
        return this == INSERT || this == INSERT_ALL;
    }

    boolean isBulk() {
        return this == ENSURE_ALL || this == INSERT_ALL;
    }

    /** Passes the last row to a single operation, all of them to a bulk one; returns the outcome of the last. */
    Object run(EnsureParent ensure, ChildRule rule, ChildRow... rows) {
        List<ChildRow> all = List.of(rows);
        ChildRow last = all.get(all.size() - 1);
        return switch (this) {
            case ENSURE -> ensure.ensure(last.parent());
            case ENSURE_ALL ->
                last(ensure.ensureAll(
                        rule.parent(), all.stream().map(ChildRow::parent).toList()));
            case INSERT -> ensure.insert(rule, last);
            case INSERT_ALL -> last(ensure.insertAll(rule, all));
        };
    }

    private static Object last(List<?> outcomes) {
        return outcomes.get(outcomes.size() - 1);
    }
}
