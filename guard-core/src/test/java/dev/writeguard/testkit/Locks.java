package dev.writeguard.testkit;

import java.sql.SQLException;

/** What {@code pg_locks} says, asked on the database's control connection. */
final class Locks {

    /** Extension locks are waited for only for an instant, by whoever writes, and say nothing about a protocol. */
    private static final String WAITS =
            "SELECT count(*) FROM pg_locks WHERE pid = ? AND NOT granted AND locktype <> 'extend'";

    private static final String WAITS_FOR =
            "SELECT count(*) FROM unnest(pg_blocking_pids(?)) AS blocker WHERE blocker = ?";

    private static final String BLOCKS = "SELECT count(*) FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))";

    private static final String ALL = """
            SELECT concat_ws(' ', a.application_name, l.pid, l.locktype, l.mode, CASE WHEN NOT l.granted THEN 'WAITS' END,
                    CASE WHEN l.relation IS NOT NULL THEN l.relation::regclass::text END,
                    'page ' || l.page || ' tuple ' || l.tuple, 'xid ' || l.transactionid,
                    CASE WHEN l.locktype = 'advisory' THEN 'key ' || l.classid || '/' || l.objid END,
                    '| ' || a.state || ' | ' || coalesce(a.wait_event_type || ':' || a.wait_event, 'running'),
                    '| ' || left(a.query, 200))
            FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE a.datname = current_database() AND l.pid <> pg_backend_pid() AND l.locktype <> 'virtualxid'
            ORDER BY l.pid, l.granted, l.locktype
            """;

    private final Database database;

    Locks(Database database) {
        this.database = database;
    }

    boolean waits(int pid) throws SQLException {
        return database.queryLong(WAITS, pid) > 0;
    }

    boolean waitsFor(int pid, int blocker) throws SQLException {
        return database.queryLong(WAITS_FOR, pid, blocker) > 0;
    }

    boolean blocks(int pid) throws SQLException {
        return database.queryLong(BLOCKS, pid) > 0;
    }

    /** One line a lock, for a failed test to show. */
    String dump() {
        try {
            return "Locks:\n  " + String.join("\n  ", database.queryStrings(ALL));
        } catch (SQLException e) {
            return "Locks cannot be read: " + e;
        }
    }
}
