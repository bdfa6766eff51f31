package dev.writeguard.lab.chat.guarded;

import dev.writeguard.annotation.EntityTemplate;

/** The conversation of a native INSERT: all that is known of it are the arguments of the call. */
final class SendersConversation implements EntityTemplate<Conversation, Object[]> {

    // region insert
    @Override
    public void fill(Conversation conversation, Object[] arguments) {
        conversation.begin((long) arguments[2], (String) arguments[4]);
    }
    // endregion
}
