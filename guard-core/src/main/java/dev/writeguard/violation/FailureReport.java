package dev.writeguard.violation;

import dev.writeguard.sql.TableName;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one failure.
 *
 * @param code what kind it is
 * @param what the operation that failed, for a sentence: {@code "ensure app.conversations"}
 * @param why the reason, one sentence without values of rows
 * @param tableName the table written to
 * @param constraintName the constraint that fired
 * @param state the SQLSTATE
 * @param mayRetry whether a new transaction may succeed
 * @since 0.1
 */
public record FailureReport(
        FailureCode code,
        String what,
        String why,
        @Nullable TableName tableName,
        @Nullable String constraintName,
        @Nullable String state,
        boolean mayRetry)
        implements GuardFailure, Serializable {

    /** A failure that Guard found itself, without an error of the server. */
    public static FailureReport of(FailureCode code, String operation, TableName table, String why) {
        return new FailureReport(code, operation + " " + table, why, table, null, null, code.mayRetry());
    }

    @Override
    public Optional<String> entity() {
        return Optional.empty();
    }

    @Override
    public Optional<TableName> table() {
        return Optional.ofNullable(tableName);
    }

    @Override
    public Optional<String> constraint() {
        return Optional.ofNullable(constraintName);
    }

    @Override
    public Optional<String> sqlState() {
        return Optional.ofNullable(state);
    }

    @Override
    public List<String> resolution() {
        return code.resolution();
    }

    /** What failed, where, why, what to do, code. */
    String message() {
        var text = new StringBuilder("Cannot ").append(what);
        if (constraintName != null) {
            text.append(" (constraint ").append(constraintName).append(')');
        }
        text.append(": ").append(why);
        if (state != null) {
            text.append(" [SQLSTATE ").append(state).append(']');
        }
        text.append(" What to do: ").append(String.join(" ", resolution()));
        return text.append(" (").append(code.code()).append(')').toString();
    }
}
