package dev.writeguard.ensure.race;

import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.SQLException;

/**
 * How a write ended.
 *
 * @param result what became of the parent, in the outcome's own word; or the failure: SQLSTATE and, if it came through
 *     Guard, its code and whether it may be retried
 * @param repeats how often Guard sent the statements again
 * @param children how many children are stored afterwards
 */
record Ending(String result, int repeats, long children) {

    static final Ending SERIALIZATION_FAILURE = failed("40001", FailureCode.SERIALIZATION_FAILURE, true);

    static Ending created() {
        return new Ending("created", 0, 0);
    }

    static Ending existing() {
        return new Ending("existing", 0, 0);
    }

    /** The end of hand-written SQL without an error. */
    static Ending done(long children) {
        return new Ending("done", 0, children);
    }

    /** The end of hand-written SQL with an error. */
    static Ending failed(String sqlState) {
        return new Ending(sqlState, 0, 0);
    }

    static Ending failed(String sqlState, FailureCode code, boolean mayRetry) {
        return new Ending(text(sqlState, code, mayRetry), 0, 0);
    }

    Ending repeats(int times) {
        return new Ending(result, times, children);
    }

    Ending children(long count) {
        return new Ending(result, repeats, count);
    }

    boolean isFailure() {
        return Character.isDigit(result.charAt(0));
    }

    /** The {@link #result} for what was thrown. */
    static String result(Exception failure) throws Exception {
        if (failure instanceof GuardException guard) {
            return text(guard.sqlState().orElse("00000"), guard.code(), guard.mayRetry());
        }
        if (failure instanceof SQLException sql) {
            return sql.getSQLState();
        }
        throw failure;
    }

    private static String text(String sqlState, FailureCode code, boolean mayRetry) {
        return sqlState + " " + code.code() + (mayRetry ? ", may be retried" : "");
    }
}
