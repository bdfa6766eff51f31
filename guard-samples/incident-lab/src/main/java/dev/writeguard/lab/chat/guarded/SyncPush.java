package dev.writeguard.lab.chat.guarded;

import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.lab.chat.BatchWriter;
import dev.writeguard.lab.chat.ChatRows;
import dev.writeguard.lab.chat.IncomingMessage;
import java.util.List;
import org.springframework.stereotype.Component;

/** A device uploads what it wrote while it was offline. */
@Component
class SyncPush implements BatchWriter {

    private final EnsureParent ensure;
    private final ChatRows rows;

    SyncPush(EnsureParent ensure, ChatRows rows) {
        this.ensure = ensure;
        this.rows = rows;
    }

    // region write
    @Override
    public void write(List<IncomingMessage> messages) {
        ensure.insertAll(rows.rule(), messages.stream().map(rows::message).toList())
                .forEach(ChildOutcome::orThrow);
    }
    // endregion
}
