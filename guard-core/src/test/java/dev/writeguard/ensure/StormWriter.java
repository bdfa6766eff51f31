package dev.writeguard.ensure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** One way of writing a message under a conversation that may not be there. */
@FunctionalInterface
interface StormWriter {

    /**
     * Writes the messages inside the transaction of the connection, each under the conversation at the same position.
     *
     * @throws SQLException or a {@code GuardException}, if it fails
     */
    void write(Connection connection, List<UUID> conversations, List<UUID> messages) throws SQLException;
}
