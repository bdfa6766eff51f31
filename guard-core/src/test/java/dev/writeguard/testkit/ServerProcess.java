package dev.writeguard.testkit;

import java.sql.SQLException;

/** The server's process of a session, as the operating system sees it. */
public final class ServerProcess {

    private final Database database;
    private final int pid;

    /** The process that serves this session. */
    public ServerProcess(Session session, Database database) {
        this.database = database;
        this.pid = session.pid();
    }

    /**
     * Stops the process, works, and lets it go on: for a step between two moments of one statement, where no lock and no trigger
     * can hold it. Only for a process that waits for a lock, and so holds none of the server's inner ones.
     */
    public void stoppedDuring(Session.Step work) throws Exception {
        signal("STOP");
        try {
            work.run();
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) throws SQLException {
        database.execute("COPY (SELECT WHERE false) TO PROGRAM 'kill -%s %d'".formatted(name, pid));
    }
}
