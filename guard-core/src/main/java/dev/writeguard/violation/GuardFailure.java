package dev.writeguard.violation;

import dev.writeguard.sql.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What every failure of Guard says of itself, whatever class it is thrown as. None of it holds values of rows.
 *
 * @since 0.1
 */
public interface GuardFailure {

    FailureCode code();

    /** The entity's name, where one is mapped to the table. */
    Optional<String> entity();

    /** The table that the failing operation wrote to. */
    Optional<TableName> table();

    /** The constraint that fired, as the server names it. */
    Optional<String> constraint();

    /** The five characters that the server sent, if it was the server that refused. */
    Optional<String> sqlState();

    /** Whether running the whole transaction again, in a new one, may succeed. */
    boolean mayRetry();

    /** What a person does about it, step by step. */
    List<String> resolution();
}
