package dev.writeguard.lab.chat.guarded;

import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.lab.chat.BatchWriter;
import dev.writeguard.lab.chat.ChatRules;
import dev.writeguard.lab.chat.IncomingMessage;
import java.util.List;
import org.springframework.stereotype.Component;

/** A device uploads what it wrote while it was offline. */
@Component
class SyncPush implements BatchWriter {

    private final EnsureParent ensure;
    private final ChatRules rules;

    SyncPush(EnsureParent ensure, ChatRules rules) {
        this.ensure = ensure;
        this.rules = rules;
    }

    // region write
    @Override
    public void write(List<IncomingMessage> messages) {
        ensure.insertAll(rules.messages(), messages.stream().map(rules::message).toList())
                .forEach(ChildOutcome::orThrow);
    }
    // endregion
}
