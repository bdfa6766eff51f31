package dev.writeguard.ensure.race;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import java.sql.Connection;
import java.sql.SQLException;

/** A way of writing a child under {@link Stage#PARENT}, which may or may not be there. */
interface Write {

    /**
     * Writes, on the thread of the session that the connection belongs to.
     *
     * @return what became of the parent, in one word
     */
    String run(Chat chat, Connection connection) throws SQLException;

    /** A gate at the place where another session can do the most harm. */
    Gate gate(Database database) throws SQLException;
}
