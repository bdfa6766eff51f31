package dev.writeguard.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A place inside the server at which a chosen session stops, also between two statements of one pipelined message, where no Java
 * code runs.
 *
 * <p>A trigger on the table lets sessions of one {@code application_name} pass two doors, both advisory locks taken shared and
 * given back at once, so that passing leaves no lock behind. The test's control connection shuts a door by holding it exclusively.
 * The second door makes {@link #letOnePassAndClose()} possible. Other sessions, and everyone while the gate is open, pass freely.
 *
 * <p>A new gate is closed. It is opened and removed when the test ends. For use by the test's thread.
 */
public final class Gate {

    /** The class of a two-part advisory key, to be told from the keys of the code under test. */
    private static final int KEY_CLASS = 0x6A7E;

    private static final AtomicInteger KEYS = new AtomicInteger();

    private static final String FUNCTION = """
            CREATE SCHEMA IF NOT EXISTS testkit;
            CREATE OR REPLACE FUNCTION testkit.gate() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF current_setting('application_name') = TG_ARGV[0] THEN
                    FOR door IN 1..2 LOOP
                        PERFORM pg_advisory_lock_shared(%1$d, TG_ARGV[door]::int);
                        PERFORM pg_advisory_unlock_shared(%1$d, TG_ARGV[door]::int);
                    END LOOP;
                END IF;
                RETURN NULL;
            END $$
            """.formatted(KEY_CLASS);

    private final Database database;
    private final Connection control;
    private final String description;
    private final int outer = KEYS.incrementAndGet();
    private final int inner = KEYS.incrementAndGet();
    private boolean closed;

    private Gate(Database database, String table, String events, String level, String applicationName)
            throws SQLException {
        this.database = database;
        this.control = database.connect();
        this.description = "gate " + level + " " + events + " on " + table;
        // Constraint triggers are called RI_ConstraintTrigger…, and triggers of one event fire in byte order of their
        // names.
        String trigger = "\"A_gate_" + outer + "\"";
        database.execute(FUNCTION);
        database.execute("CREATE TRIGGER " + trigger + " AFTER " + events + " ON " + table + " FOR EACH " + level
                + " EXECUTE FUNCTION testkit.gate('" + applicationName.replace("'", "''") + "', " + outer + ", " + inner
                + ")");
        database.atTestEnd("DROP TRIGGER " + trigger + " ON " + table);
        close();
    }

    /**
     * Stops the application after a statement that inserts into or updates the table (also one that finds no row to write), with
     * foreign keys checked, and before the next statement of the same message.
     */
    public static Gate afterStatement(Database database, String table, String applicationName) throws SQLException {
        return afterStatement(database, table, "INSERT OR UPDATE", applicationName);
    }

    /** The same for other events, as in CREATE TRIGGER. */
    public static Gate afterStatement(Database database, String table, String events, String applicationName)
            throws SQLException {
        return new Gate(database, table, events, "STATEMENT", applicationName);
    }

    /** Stops the application after each row that it inserts or updates, before the foreign keys of that row are checked. */
    public static Gate beforeForeignKeyCheck(Database database, String table, String applicationName)
            throws SQLException {
        return beforeForeignKeyCheck(database, table, "INSERT OR UPDATE", applicationName);
    }

    /** The same for other events, as in CREATE TRIGGER; with DELETE, before the referring rows are looked for. */
    public static Gate beforeForeignKeyCheck(Database database, String table, String events, String applicationName)
            throws SQLException {
        return new Gate(database, table, events, "ROW", applicationName);
    }

    /** Closes it: whoever arrives from now on stops. */
    public void close() throws SQLException {
        if (!closed) {
            call("pg_advisory_lock", outer);
            closed = true;
        }
    }

    /** Opens it for good, or until {@link #close()}: those who wait go on. */
    public void open() throws SQLException {
        if (closed) {
            call("pg_advisory_unlock", outer);
            closed = false;
        }
    }

    /** Lets those pass who wait now, normally one session, and stops them again when they next arrive. */
    public void letOnePassAndClose() throws SQLException {
        if (!closed) {
            throw new IllegalStateException("Nobody waits at an open " + this);
        }
        long waiting = waiting(outer);
        if (waiting == 0) {
            throw new IllegalStateException("Nobody waits at the " + this + "; await the arrival first");
        }
        call("pg_advisory_lock", inner);
        open();
        Probe.await(
                "those who waited at the " + this + " are between its doors",
                () -> waiting(inner) >= waiting,
                this::dump);
        close();
        call("pg_advisory_unlock", inner);
    }

    /** Returns once the work under way waits at this gate; fails at once if it ends instead. */
    public void awaitArrival(Running<?> running) {
        running.awaitBlocked(
                running + " waits at the " + this,
                () -> waiting(outer, running.session().pid()) > 0,
                new Locks(database));
    }

    /** Returns once the session waits at this gate. */
    public void awaitArrival(Session session) {
        Probe.await(session + " waits at the " + this, () -> waiting(outer, session.pid()) > 0, this::dump);
    }

    /** Returns once anybody waits at this gate, for code that takes its connections from a pool. */
    public void awaitArrival() {
        Probe.await("somebody waits at the " + this, () -> waiting(outer) > 0, this::dump);
    }

    private long waiting(int door) throws SQLException {
        return waiting(door, 0);
    }

    private long waiting(int door, int pid) throws SQLException {
        return database.queryLong(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid = ? AND objid = ?"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                        + " AND (? = 0 OR pid = ?)",
                KEY_CLASS,
                door,
                pid,
                pid);
    }

    private void call(String function, int door) throws SQLException {
        try (PreparedStatement statement = control.prepareStatement("SELECT " + function + "(?, ?)")) {
            statement.setInt(1, KEY_CLASS);
            statement.setInt(2, door);
            statement.executeQuery().close();
        }
    }

    private String dump() {
        return new Locks(database).dump();
    }

    @Override
    public String toString() {
        return description;
    }
}
