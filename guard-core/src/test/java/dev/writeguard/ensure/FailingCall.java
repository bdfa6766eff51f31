package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.testkit.Database;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/**
 * A call that must fail, and what holds for each such call: a typed exception with steps and without values of rows, nothing
 * written, also if the owner of the transaction catches that and commits, and a connection that can be used again: at once in
 * autocommit, else in the owner's next transaction.
 */
final class FailingCall {

    /** Stands in every row of the tests, and in no message. */
    static final String SECRET = "xyzzy";

    private static final String ABORTED = "25P02";

    private final GuardException failure;

    private FailingCall(GuardException failure) {
        this.failure = failure;
    }

    /** Runs the call on a connection of which the database's other sessions must not notice anything. */
    static FailingCall on(Connection connection, Database database, ThrowingCallable call) throws SQLException {
        Map<String, List<@Nullable String>> before = Contents.of(database);
        boolean autocommit = connection.getAutoCommit();
        FailingCall failed = of(call);
        assertThat(connection.getAutoCommit()).as("autocommit").isEqualTo(autocommit);
        commitIfPossible(connection);
        assertThat(connection.unwrap(PgConnection.class).getTransactionState()).isEqualTo(TransactionState.IDLE);
        assertUsable(connection);
        assertThat(Contents.of(database)).as("rows of all tables").isEqualTo(before);
        return failed;
    }

    /** As a caller would who goes on after the failure. The COMMIT of a transaction that the server has aborted fails. */
    static void commitIfPossible(Connection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            return;
        }
        try {
            connection.commit();
        } catch (SQLException failure) {
            assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(ABORTED);
            connection.rollback();
        }
    }

    /** Runs a call after which nobody asks for the connection. */
    static FailingCall of(ThrowingCallable call) {
        GuardException failure = catchThrowableOfType(GuardException.class, call);
        assertThat(failure).as("failure").isNotNull();
        assertThat(failure.resolution()).isNotEmpty();
        assertThat(failure.getMessage())
                .startsWith("Cannot ")
                .contains(failure.resolution())
                .endsWith("(" + failure.code().code() + ")");
        assertSilent(failure, failure.report(), failure.getLocalizedMessage());
        return new FailingCall(failure);
    }

    /** That none of these gives the secret away by its text. */
    static void assertSilent(Object... objects) {
        for (Object object : objects) {
            assertThat(object.toString()).doesNotContainIgnoringCase(SECRET);
        }
    }

    FailingCall hasCode(FailureCode code) {
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        return this;
    }

    /** What the server sent; null where Guard found out by itself. */
    FailingCall hasState(@Nullable String sqlState) {
        assertThat(failure.sqlState().orElse(null)).as(failure.getMessage()).isEqualTo(sqlState);
        return this;
    }

    FailingCall hasConstraint(@Nullable String constraint) {
        assertThat(failure.constraint().orElse(null)).as(failure.getMessage()).isEqualTo(constraint);
        return this;
    }

    FailingCall isAbout(String table) {
        assertThat(failure.table().orElseThrow().toString())
                .as(failure.getMessage())
                .isEqualTo("public." + table);
        return this;
    }

    FailingCall says(String... parts) {
        assertThat(failure.getMessage()).contains(parts);
        return this;
    }

    GuardException failure() {
        return failure;
    }

    private static void assertUsable(Connection connection) throws SQLException {
        boolean autocommit = connection.getAutoCommit();
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
        if (!autocommit) {
            connection.rollback();
        }
    }
}
