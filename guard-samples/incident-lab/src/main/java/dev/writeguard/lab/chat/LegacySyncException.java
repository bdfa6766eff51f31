package dev.writeguard.lab.chat;

import java.sql.SQLException;

/** Code from before Spring wraps what the driver throws, and says no more. */
public final class LegacySyncException extends RuntimeException {

    public LegacySyncException(SQLException cause) {
        super(cause);
    }
}
