package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.CompletedEvents;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guard runs transactions of its own again, and nobody else's. A trigger stands for the other transaction. */
@Schema("""
        CREATE TABLE places (id int PRIMARY KEY);
        CREATE SEQUENCE failures;
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF nextval('failures') <= TG_ARGV[1]::int THEN
                RAISE EXCEPTION USING ERRCODE = TG_ARGV[0];
            END IF;
            RETURN NULL;
        END $$;
        """)
class RetriesIT {

    private final CompletedEvents events = new CompletedEvents();
    private Connection connection;
    private EnsureParent ensure;
    private ParentRow place;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("DROP TRIGGER IF EXISTS fail ON places; TRUNCATE places; ALTER SEQUENCE failures RESTART");
        connection = database.connect();
        Guard guard = Guard.of(connection, rule -> GuardMode.ENFORCE, List.of(events));
        ensure = guard.ensureParent(connection);
        ParentRule places = ParentRule.on(guard.graph(), "places").build();
        place = places.row(places.key(1));
    }

    private static void failFirst(int times, String state, Database database) throws SQLException {
        // At the end of the statement: after the row has been written.
        database.execute(
                "CREATE TRIGGER fail AFTER INSERT ON places EXECUTE FUNCTION fail('" + state + "', '" + times + "')");
    }

    @ParameterizedTest
    @CsvSource({"40001, SERIALIZATION_FAILURE", "40P01, DEADLOCK"})
    void runsItsOwnTransactionAgain(String state, FailureCode code, Database database) throws SQLException {
        failFirst(9, state, database);
        assertThat(ensure.ensure(place)).isInstanceOf(Created.class);
        assertThat(events.all()).singleElement().satisfies(event -> {
            assertThat(event.retries()).isEqualTo(Collections.nCopies(9, code));
            assertThat(event.roundTrips()).isEqualTo(10);
        });
    }

    @ParameterizedTest
    @CsvSource({"40001, SERIALIZATION_FAILURE", "40P01, DEADLOCK"})
    void givesUpAfterTheTenthTime(String state, FailureCode code, Database database) throws SQLException {
        failFirst(10, state, database);
        FailingCall.on(connection, database, () -> ensure.ensure(place))
                .hasCode(code)
                .hasState(state);
        assertThat(events.all())
                .singleElement()
                .extracting(event -> event.retries().size())
                .isEqualTo(9);
    }

    @Test
    void runsAgainOnceAfterAReferenceThatIsMissingAboveReadCommitted(Database database) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        failFirst(1, "23503", database);
        assertThat(ensure.ensure(place)).isInstanceOf(Created.class);
        database.execute("TRUNCATE places; ALTER SEQUENCE failures RESTART; DROP TRIGGER fail ON places");
        failFirst(2, "23503", database);
        FailingCall.on(connection, database, () -> ensure.ensure(place)).hasCode(FailureCode.REFERENCE_MISSING);
        assertThat(events.all())
                .extracting(OperationEvent::retries)
                .containsOnly(List.of(FailureCode.REFERENCE_MISSING));
    }

    @ParameterizedTest
    @CsvSource({
        "23503, REFERENCE_MISSING",
        "55P03, LOCK_TIMEOUT",
        "57014, CANCELLED",
        "23505, OTHER_KEY_TAKEN",
        "08006, OUTCOME_UNKNOWN"
    })
    void runsNothingElseAgain(String state, FailureCode code, Database database) throws SQLException {
        failFirst(1, state, database);
        FailingCall.of(() -> ensure.ensure(place)).hasCode(code);
        assertThat(events.all())
                .singleElement()
                .extracting(OperationEvent::retries)
                .isEqualTo(List.of());
    }

    @ParameterizedTest
    @CsvSource({"40001, SERIALIZATION_FAILURE", "40P01, DEADLOCK"})
    void leavesTheCallersTransactionToTheCaller(String state, FailureCode code, Database database) throws SQLException {
        failFirst(1, state, database);
        connection.setAutoCommit(false);
        FailingCall failed =
                FailingCall.on(connection, database, () -> ensure.ensure(place)).hasCode(code);
        assertThat(failed.failure().mayRetry()).isTrue();
        assertThat(events.all())
                .singleElement()
                .extracting(OperationEvent::retries)
                .isEqualTo(List.of());
    }
}
