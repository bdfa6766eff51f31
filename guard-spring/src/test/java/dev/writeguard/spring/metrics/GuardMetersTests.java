package dev.writeguard.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.event.OperationEvent;
import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardMetersTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final GuardMeters meters = new GuardMeters(registry);

    @Test
    void registersTheRetriesOfADatabaseAtZero() {
        meters.on("orders");

        assertThat(retries("orders")).isZero();
    }

    @Test
    void countsStatementsThatWereSentAgain() {
        meters.on("orders").completed(insert(3));
        meters.on("orders").completed(insert(0));
        meters.on("orders").completed(insert(1));

        assertThat(retries("orders")).isEqualTo(4);
    }

    @Test
    void countsTransactionsThatWereRunAgainByTheirFailure() {
        meters.on("orders").completed(insert(2));

        assertThat(retries("orders", "deadlock")).isEqualTo(2);
        assertThat(retries("orders", "serialization-failure")).isZero();
    }

    @Test
    void keepsTheDatabasesApart() {
        meters.on("orders").completed(insert(2));
        meters.on("chat").completed(insert(0));

        assertThat(retries("orders")).isEqualTo(2);
        assertThat(retries("chat")).isZero();
        assertThat(registry.get("guard.operation").timers())
                .extracting(timer -> timer.getId().getTag("database") + " " + timer.count())
                .containsExactlyInAnyOrder("orders 1", "chat 1");
    }

    @Test
    void usesWordsAsTags() {
        meters.on("orders").completed(insert(1));

        assertThat(registry.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .extracting(Tag::getValue)
                .allSatisfy(value -> assertThat(value).matches("[\\w.-]+"));
    }

    private double retries(String database) {
        return retries(database, "lost-race");
    }

    private double retries(String database, String reason) {
        return registry.get("guard.retries")
                .tags("database", database, "reason", reason)
                .counter()
                .count();
    }

    private static OperationEvent insert(int repeats) {
        return new OperationEvent(
                "insert",
                TableName.of("public", "orders"),
                Map.of("inserted", 1),
                1 + repeats,
                repeats,
                Collections.nCopies(repeats, FailureCode.DEADLOCK),
                Duration.ofMillis(1),
                null);
    }
}
