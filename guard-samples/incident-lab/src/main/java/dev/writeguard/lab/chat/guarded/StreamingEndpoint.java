package dev.writeguard.lab.chat.guarded;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.lab.chat.ChatRows;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import org.springframework.stereotype.Component;

/** A streamed answer is stored when it is complete. */
@Component
class StreamingEndpoint implements MessageWriter {

    private final EnsureParent ensure;
    private final ChatRows rows;

    StreamingEndpoint(EnsureParent ensure, ChatRows rows) {
        this.ensure = ensure;
        this.rows = rows;
    }

    // region write
    @Override
    public void write(IncomingMessage message) {
        ensure.insert(rows.rule(), rows.message(message)).orThrow();
    }
    // endregion
}
