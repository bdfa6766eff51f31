package dev.writeguard.violation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.sql.TableName;
import dev.writeguard.violation.SqlFailures.Moment;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** What a pool throws for a connection that was given back: an exception without a SQLSTATE, whatever its words. */
class SqlFailuresTests {

    private static final TableName TABLE = TableName.of("app", "conversations");

    @ParameterizedTest
    @CsvSource({"Connection is closed", "'Connection is null.'", "Connection has already been closed.", "."})
    void takesAClosedConnectionForClosedWithoutReadingTheMessage(String message) {
        var failure = new SQLException(message);
        SQLException stated = SqlFailures.onConnection(failure, connection(true, null));
        assertThat(stated.getSQLState()).isEqualTo("08003");
        assertThat((Throwable) stated).hasCause(failure);
        for (Moment moment : Moment.values()) {
            assertThat(code(stated, moment)).isEqualTo(FailureCode.CONNECTION_CLOSED);
        }
    }

    @Test
    void leavesAFailureOnAnOpenConnectionAsItIs() {
        var failure = new SQLException("Connection is closed");
        assertThat((Throwable) SqlFailures.onConnection(failure, connection(false, null)))
                .isSameAs(failure);
        assertThat(code(failure, Moment.IN_TRANSACTION)).isEqualTo(FailureCode.STATEMENT_FAILED);
    }

    /** A pool closes what the server has ended: the SQLSTATE says more than that it is closed now. */
    @Test
    void leavesAFailureThatHasASqlstateAsItIs() {
        Connection closed = connection(true, null);
        var gone = new SQLException("terminated", "57P01");
        assertThat((Throwable) SqlFailures.onConnection(gone, closed)).isSameAs(gone);
        var wrapped = new SQLException("wrapped", new PSQLException("broken", PSQLState.CONNECTION_FAILURE));
        assertThat((Throwable) SqlFailures.onConnection(wrapped, closed)).isSameAs(wrapped);
        assertThat(code(wrapped, Moment.COMMITTING)).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
    }

    @Test
    void leavesAFailureAsItIsWhereTheConnectionDoesNotAnswer() {
        var failure = new SQLException("no idea");
        var second = new SQLException("no answer");
        assertThat((Throwable) SqlFailures.onConnection(failure, connection(true, second)))
                .isSameAs(failure);
        assertThat(failure.getSuppressed()).containsExactly(second);
    }

    @ParameterizedTest
    @CsvSource({
        "0A000, RevalidateCachedQuery, STALE_PLAN",
        "0A000, transformOnConflictClause, STATEMENT_FAILED",
        "0A000, , STATEMENT_FAILED",
        "26000, FetchPreparedStatement, STALE_PLAN",
        "XX000, RevalidateCachedQuery, STATEMENT_FAILED"
    })
    void knowsAPlanThatIsStaleByTheRoutineThatFoundIt(String state, @Nullable String routine, FailureCode code) {
        String fields = "SERREUR\0C" + state + "\0Mun plan\0" + (routine == null ? "" : "R" + routine + "\0");
        var failure = new PSQLException(new ServerErrorMessage(fields));
        assertThat(code(failure, Moment.IN_TRANSACTION)).isEqualTo(code);
        assertThat(code(new SQLException("wrapped", failure), Moment.COMMITTING))
                .isEqualTo(code);
    }

    private static FailureCode code(SQLException failure, Moment moment) {
        return SqlFailures.translate(failure, "ensure", TABLE, moment, null).code();
    }

    /** Like the handle of a pool, which answers this one question after it was closed. */
    private static Connection connection(boolean closed, @Nullable SQLException instead) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("isClosed");
                    if (instead != null) {
                        throw instead;
                    }
                    return closed;
                });
    }
}
