package dev.writeguard.lab.chat.guarded;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.lab.chat.ChatRules;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import org.springframework.stereotype.Component;

/** A streamed answer is stored when it is complete. */
@Component
class StreamingEndpoint implements MessageWriter {

    private final EnsureParent ensure;
    private final ChatRules rules;

    StreamingEndpoint(EnsureParent ensure, ChatRules rules) {
        this.ensure = ensure;
        this.rules = rules;
    }

    // region write
    @Override
    public void write(IncomingMessage message) {
        ensure.insert(rules.messages(), rules.message(message)).orThrow();
    }
    // endregion
}
