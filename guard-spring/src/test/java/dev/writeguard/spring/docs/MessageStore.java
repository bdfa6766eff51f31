package dev.writeguard.spring.docs;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.spring.rule.GuardModel;
import java.util.UUID;
import org.springframework.stereotype.Service;

// tag::store[]
@Service
class MessageStore {

    private final EnsureParent ensureParent;
    private final ParentRule conversations;
    private final ChildRule messages;

    MessageStore(EnsureParent ensureParent, GuardModel model) {
        this.ensureParent = ensureParent;
        this.conversations = model.parent("conversations");
        this.messages = model.child("messages");
    }

    void save(UUID conversationId, long owner, UUID clientId, String body) {
        ParentRow conversation = conversations.row(
                conversations.key(conversationId),
                conversations.values().set("owner_id", owner).build());
        RowValues message =
                messages.values().set("client_id", clientId).set("body", body).build();
        ensureParent.insert(messages, messages.row(conversation, message)).orThrow();
    }
}
// end::store[]
