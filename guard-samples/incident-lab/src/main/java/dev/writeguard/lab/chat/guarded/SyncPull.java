package dev.writeguard.lab.chat.guarded;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.lab.chat.ChatRows;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import dev.writeguard.lab.chat.Messages;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The server copies messages from another device of the same user. */
@Component
class SyncPull implements MessageWriter {

    private final EnsureParent ensure;
    private final ChatRows rows;
    private final Messages messages;

    SyncPull(EnsureParent ensure, ChatRows rows, Messages messages) {
        this.ensure = ensure;
        this.rows = rows;
        this.messages = messages;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        ensure.ensure(rows.conversation(message)).orThrow();
        messages.insertOnce(message.id(), message.conversationId(), message.senderId(), message.body());
    }
    // endregion
}
