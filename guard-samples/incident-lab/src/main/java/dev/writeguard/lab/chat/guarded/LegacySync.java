package dev.writeguard.lab.chat.guarded;

import dev.writeguard.Guard;
import dev.writeguard.lab.chat.ChatRows;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.LegacySyncException;
import dev.writeguard.lab.chat.MessageWriter;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** The first sync that was ever written, still used by old clients. */
@Component
class LegacySync implements MessageWriter {

    private final DataSource database;
    private final Guard guard;
    private final ChatRows rows;

    LegacySync(DataSource database, Guard guard, ChatRows rows) {
        this.database = database;
        this.guard = guard;
        this.rows = rows;
    }

    // region write
    @Override
    public void write(IncomingMessage message) {
        try (Connection connection = database.getConnection()) {
            guard.ensureParent(connection)
                    .insert(rows.rule(), rows.message(message))
                    .orThrow();
        } catch (SQLException failure) {
            throw new LegacySyncException(failure);
        }
    }
    // endregion
}
