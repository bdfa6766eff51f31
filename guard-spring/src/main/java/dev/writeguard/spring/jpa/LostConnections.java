package dev.writeguard.spring.jpa;

import dev.writeguard.spring.violation.StatementFailures;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import dev.writeguard.violation.SqlFailures;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.hibernate.TransactionException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.jdbc.spi.LogicalConnectionImplementor;
import org.hibernate.resource.transaction.spi.TransactionStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Transactions whose connection is lost. In a COMMIT nobody knows what became of it; before that nothing is stored, and the
 * ROLLBACK fails, too. Spring throws that second failure instead of the first, which is why the first is remembered here.
 */
public final class LostConnections {

    private static final String NEVER_SENT = "08003";

    /** What was thrown first, until the session begins another transaction. */
    private static final Map<SharedSessionContractImplementor, DataAccessException> FIRST =
            Collections.synchronizedMap(new WeakHashMap<>());

    private LostConnections() {}

    /** To be called with what a statement has thrown in the transaction of that EntityManager. */
    public static void remember(EntityManager entityManager, RuntimeException failure, String operation) {
        SharedSessionContractImplementor session = entityManager.unwrap(SharedSessionContractImplementor.class);
        SQLException cause = failure instanceof GuardFailure ? null : StatementFailures.sqlException(failure);
        if (cause != null && losesConnection(cause)) {
            remember(
                    session,
                    StatementFailures.typed(failure, FailureCode.CONNECTION_LOST, operation, cause.getSQLState()));
        }
    }

    static void remember(SharedSessionContractImplementor session, DataAccessException failure) {
        if (failure instanceof GuardFailure lost && lost.code() == FailureCode.CONNECTION_LOST) {
            FIRST.putIfAbsent(session, failure);
        }
    }

    /** A transaction begins, perhaps on a connection that is there. */
    static void forget(SharedSessionContractImplementor session) {
        FIRST.remove(session);
    }

    /**
     * What to throw for a failure in the transaction of a session; null if the connection is not lost, or if it is not known
     * when it was.
     *
     * @param translated what else would be thrown
     */
    static @Nullable DataAccessException typed(
            RuntimeException failure,
            DataAccessException translated,
            SharedSessionContractImplementor session,
            String operation) {
        SQLException cause = cause(failure, session);
        if (cause == null || !losesConnection(cause)) {
            return null;
        }
        boolean ending = failure instanceof TransactionException;
        DataAccessException first = ending ? FIRST.remove(session) : null;
        if (first != null) {
            first.addSuppressed(translated);
            return first;
        }
        FailureCode code = code(status(session), ending, NEVER_SENT.equals(cause.getSQLState()));
        if (code == null) {
            return null;
        }
        DataAccessException typed = StatementFailures.typed(translated, code, operation, cause.getSQLState());
        if (!ending) {
            remember(session, typed);
        }
        return typed;
    }

    /**
     * @param ending whether it was the COMMIT or the ROLLBACK that failed
     * @param neverSent whether it was not even sent
     */
    private static @Nullable FailureCode code(TransactionStatus status, boolean ending, boolean neverSent) {
        return switch (status) {
            case FAILED_COMMIT ->
                !ending ? null : neverSent ? FailureCode.CONNECTION_CLOSED : FailureCode.OUTCOME_UNKNOWN;
            case ACTIVE, MARKED_ROLLBACK, ROLLING_BACK, ROLLED_BACK, FAILED_ROLLBACK -> FailureCode.CONNECTION_LOST;
            default -> null;
        };
    }

    private static TransactionStatus status(SharedSessionContractImplementor session) {
        return session.getTransactionCoordinator().getTransactionDriverControl().getStatus();
    }

    /** Pools say without an SQLSTATE that they have closed a connection. */
    private static @Nullable SQLException cause(RuntimeException failure, SharedSessionContractImplementor session) {
        SQLException cause = StatementFailures.sqlException(failure);
        LogicalConnectionImplementor connection = session.getJdbcCoordinator().getLogicalConnection();
        return cause == null || !connection.isPhysicallyConnected()
                ? cause
                : SqlFailures.onConnection(cause, connection.getPhysicalConnection());
    }

    private static boolean losesConnection(SQLException cause) {
        return cause.getSQLState() != null && SqlFailures.losesConnection(cause.getSQLState());
    }
}
