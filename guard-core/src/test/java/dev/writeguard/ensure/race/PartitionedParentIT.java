package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.CompletedEvents;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A partitioned parent whose row moves to another partition meanwhile. Who waits for it gets 40001 from PostgreSQL also at READ
 * COMMITTED: the row cannot be followed there.
 */
@Schema("""
        CREATE TABLE parts (id int, region text, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
        CREATE TABLE parts_eu PARTITION OF parts FOR VALUES IN ('eu');
        CREATE TABLE parts_us PARTITION OF parts FOR VALUES IN ('us');
        """)
class PartitionedParentIT {

    private final CompletedEvents events = new CompletedEvents();
    private Session mover;
    private Session writer;
    private Guard guard;
    private ParentRule parts;

    @BeforeEach
    void start(Database database) throws SQLException {
        database.execute("TRUNCATE parts; INSERT INTO parts VALUES (7, 'eu'), (8, 'eu')");
        guard = Guard.of(database.connect(), rule -> GuardMode.ENFORCE, List.of(events));
        parts = ParentRule.on(guard.graph(), "parts").build();
        mover = database.session("mover");
        writer = database.session("writer");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void thatMovesAwayMayBeRetriedInATransaction(int rows) throws SQLException {
        writer.begin(Isolation.RC);
        Running<List<EnsureOutcome>> ensured = whileTheyMove(rows);
        assertThat(ensured.sqlState()).isEqualTo("40001");
        assertThat(ensured.failure()).isInstanceOfSatisfying(GuardException.class, failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.SERIALIZATION_FAILURE);
            assertThat(failure.mayRetry()).isTrue();
        });
        assertThat(events.retries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void thatMovesAwayIsCreatedAgainWithAutocommit(int rows, Database database) throws SQLException {
        assertThat(whileTheyMove(rows).result()).hasSize(rows).hasOnlyElementsOfType(Created.class);
        assertThat(events.retries()).containsExactly(FailureCode.SERIALIZATION_FAILURE);
        assertThat(database.queryLong("SELECT count(*) FROM parts WHERE region = 'eu'"))
                .isEqualTo(rows);
        assertThat(database.queryLong("SELECT count(*) FROM parts WHERE region = 'us'"))
                .isEqualTo(2);
    }

    private Running<List<EnsureOutcome>> whileTheyMove(int rows) throws SQLException {
        mover.begin(Isolation.RC);
        mover.run("UPDATE parts SET region = 'us'");
        List<ParentRow> parents = Stream.of(7, 8)
                .limit(rows)
                .map(id -> parts.row(parts.key(id, "eu")))
                .toList();
        Running<List<EnsureOutcome>> ensured =
                writer.start(() -> guard.ensureParent(writer.connection()).ensureAll(parts, parents));
        ensured.awaitBlockedBy(mover);
        mover.commit();
        return ensured.awaitDone();
    }
}
