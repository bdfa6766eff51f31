package dev.writeguard.violation;

import java.util.List;

/**
 * Every way in which Guard fails, with the steps that resolve it. Each has a page under {@code docs/errors}.
 *
 * @since 0.1
 */
public enum FailureCode {
    /** A parent was deleted by others each time between its INSERT and its lock, ten times in a row. */
    PARENT_NOT_LOCKABLE(
            101,
            true,
            "Run the transaction again; the parent is being deleted and created at a high rate.",
            "If it persists, look for a job that deletes these parents in a loop."),
    /** The parent conflicts with the INSERT, or was just inserted, but cannot be read back under its key. */
    PARENT_HIDDEN(
            102,
            false,
            "Check the row-level security policies of the table for this role: the row must be visible to SELECT.",
            "Check BEFORE INSERT triggers and rules of the table: they must neither drop the row nor change its key.",
            "Check the key for trailing blanks beyond the length of its column: varchar drops them."),
    /** A key is null, half null, of the wrong length, or of another table. */
    KEY_INVALID(103, false, "Give a value for every column of the key, in the key's order."),
    /** The parent is absent and cannot be created from what was given. */
    VALUES_MISSING(
            104,
            false,
            "Give values for the named columns, or declare a template that supplies them from the child,",
            "or give the columns a default in the database, or create the parent first."),
    /** A template threw, or returned values of another table or key. */
    TEMPLATE_FAILED(
            105, false, "Correct the template: it must return values of the parent's table that agree with the key."),
    /** A soft reference was used in a transaction above READ COMMITTED, where it cannot be kept. */
    SOFT_REFERENCE_ISOLATION(
            106,
            false,
            "Run this write at READ COMMITTED,",
            "or add the foreign key to the database and drop soft from the rule."),
    /** An existing parent differs in a column that must match; nothing was changed. */
    PARENT_MISMATCH(
            107,
            false,
            "Refuse the request: the key belongs to a row of somebody else, or the caller is out of date.",
            "If the difference is legal, remove the column from match."),
    /** An existing parent is in a state in which it accepts no children; nothing was changed. */
    PARENT_STATE(108, false, "Refuse the request, or bring the parent into a state that accepts children first."),
    /** A created parent could not be used by its own rule: it accepts no children, or was stored with other values. */
    CREATED_STATE(
            109,
            false,
            "Let the values, the template or the column's default give a state that the rule allows.",
            "Where a value was stored differently, look for a trigger, or blanks beyond the column's length."),
    /** A child of that key is stored already, under another parent; nothing was changed. */
    CHILD_ELSEWHERE(110, false, "Refuse the request: the child's key is in use under another parent."),
    /** A row names a column that its table does not have, or that only the database may fill. */
    COLUMN_INVALID(
            111, false, "Name only columns of the table that an INSERT may give, the same ones in each row of a call."),
    /** A row refers to another row that is not there: a foreign key that this operation does not ensure. */
    REFERENCE_MISSING(
            112,
            false,
            "Insert the row that the named constraint refers to first, or ensure it as an ancestor.",
            "Above READ COMMITTED the row may exist and be invisible: a new transaction sees it."),
    /** The database refused a value: type, length, NOT NULL, CHECK or domain. */
    VALUE_REJECTED(113, false, "Correct the value; the SQLSTATE and the constraint name say which rule refused it."),
    /** Another unique or exclusion constraint than the rule's key is already taken. */
    OTHER_KEY_TAKEN(
            114,
            false,
            "Decide which row is right: the one stored under the named constraint, or this one.",
            "If the named constraint is the real identity of the row, declare it as the rule's key."),
    /** What was created for a refused write could not be deleted again; the transaction can only be rolled back. */
    NOT_TAKEN_BACK(
            115,
            true,
            "Roll back and run the transaction again: the race that made Guard take something back is a rare one.",
            "If it persists, look for a trigger that keeps or moves the rows of the table, and grant DELETE on it."),
    /** A child of that key is in the way of the INSERT, but cannot be read back. */
    CHILD_HIDDEN(
            116,
            true,
            "Run the transaction again: the child may have been deleted meanwhile.",
            "If it persists, check the row-level security policies of the table: the row must be visible to SELECT,",
            "and its BEFORE INSERT triggers: with onceBy they must neither drop the row nor store it elsewhere."),
    /** A parent has NULL in a column that children refer to, so that none can; nothing was changed. */
    REFERENCE_NULL(
            117,
            false,
            "Give the stored parent a value in the named columns: children refer to it by them.",
            "If every parent has to have one, declare the columns NOT NULL; else let children refer to the primary key."),
    /** The child refers to a parent that its own transaction removes. */
    PARENT_REMOVED(
            118,
            false,
            "Do not remove the parent, or do not write the child.",
            "To replace the parent by a new one of the same key, flush after its removal."),
    /** The parent is absent, and what is known of it is not enough to create it. */
    PARENT_ABSENT(
            119,
            false,
            "Refuse the request, or let it create the parent first.",
            "A parent whose id is generated can be created with its child only by a natural id."),

    /** A statement failed for a reason that has no code of its own. */
    STATEMENT_FAILED(700, false, "Read the SQLSTATE and the driver's exception in the cause."),
    /** The transaction cannot be serialized with its neighbours. */
    SERIALIZATION_FAILURE(701, true, "Run the whole transaction again."),
    /** The server ended this transaction to resolve a deadlock. */
    DEADLOCK(
            702,
            true,
            "Run the whole transaction again.",
            "If one transaction ensures several parents, pass them in one call: one call locks in one order."),
    /** A lock was not granted within lock_timeout. */
    LOCK_TIMEOUT(703, true, "Run the transaction again, or look for the session that holds the lock."),
    /** The statement was cancelled, by statement_timeout or by a person. */
    CANCELLED(704, false, "Find out who cancelled it; raise statement_timeout if the statement is legitimately long."),
    /** The connection was lost before anything could be committed. */
    CONNECTION_LOST(705, true, "Run the transaction again on a new connection: nothing of it was committed."),
    /** The connection was lost during a COMMIT or an autocommit write: it may have been stored or not. */
    OUTCOME_UNKNOWN(
            706,
            false,
            "Do not repeat it blindly. Look whether the row is there, on the primary server,",
            "or write with a key that makes a repetition harmless."),
    /** An earlier statement of the transaction has failed. */
    TRANSACTION_ABORTED(707, false, "Roll back; look for the first error of this transaction, which is the real one."),
    /** The connection was closed before the operation. */
    CONNECTION_CLOSED(708, false, "Pass an open connection; do not keep one beyond the transaction it was taken for."),
    /** The transaction or server is read-only. */
    READ_ONLY(709, false, "Run the write in a read-write transaction, on the primary server."),
    /** The role lacks a privilege that the statements need. */
    PRIVILEGE_MISSING(
            710,
            false,
            "Grant SELECT and INSERT on the table, and UPDATE on at least one of its columns: a row lock asks for it.",
            "Where the table has row-level security, check that its policies allow the new row."),
    /** A statement that the connection had prepared no longer fits the tables, which were altered, or is gone. */
    STALE_PLAN(
            711,
            true,
            "Run the whole transaction again: its statements are prepared anew.",
            "If it persists, look for a job that alters the tables, or for a pooler between the driver and the server."),

    /** A rule does not fit the database. */
    RULE_INVALID(901, false, "Correct the rule or the schema; each fault is listed with its cure."),
    /** The server is not a PostgreSQL that Guard supports. */
    DATABASE_UNSUPPORTED(902, false, "Use PostgreSQL 14 or newer, or exclude this database from Guard."),
    /** The catalog could not be read. */
    CATALOG_UNREADABLE(903, false, "Check that the role can connect and read pg_catalog.");

    private final int number;
    private final boolean mayRetry;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> resolution;

    FailureCode(int number, boolean mayRetry, String... resolution) {
        this.number = number;
        this.mayRetry = mayRetry;
        this.resolution = List.of(resolution);
    }

    /** The code as it stands in messages and page names, such as {@code GRD-101}. */
    public String code() {
        return "GRD-" + number;
    }

    /** Whether running the same transaction again may succeed, as far as the code alone can tell. */
    public boolean mayRetry() {
        return mayRetry;
    }

    /**
     * Whether Guard runs an operation again after it, where the transaction is Guard's own: the other transaction is
     * over, or gets on, the plan is made anew, a newer snapshot has the row that was missing, or what was created for a row
     * that another one was faster to create is rolled back.
     */
    public boolean retriedByGuard() {
        return switch (this) {
            case SERIALIZATION_FAILURE, DEADLOCK, STALE_PLAN, CHILD_HIDDEN, REFERENCE_MISSING, NOT_TAKEN_BACK -> true;
            default -> false;
        };
    }

    /** What a person does about it, step by step. */
    public List<String> resolution() {
        return resolution;
    }
}
