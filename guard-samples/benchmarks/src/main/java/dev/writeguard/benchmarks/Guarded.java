package dev.writeguard.benchmarks;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.sql.Connection;
import java.util.UUID;

/** The same message through {@link EnsureParent}. */
final class Guarded {

    private final EnsureParent ensure;
    private final ParentRule conversations;
    private final ParentRule lookedFor;
    private final ChildRule messages;
    private final ChildRule ownedMessages;
    private final ChildRule lookedForMessages;
    private final ChildRule requests;

    Guarded(Guard guard, Connection connection) {
        this.ensure = guard.ensureParent(connection);
        this.conversations = ParentRule.on(guard.graph(), "conversations").build();
        this.lookedFor =
                ParentRule.on(guard.graph(), "conversations").lookFirst().build();
        this.messages = ChildRule.on(guard.graph(), "messages", conversations).build();
        this.lookedForMessages =
                ChildRule.on(guard.graph(), "messages", lookedFor).build();
        ParentRule owned =
                ParentRule.on(guard.graph(), "conversations").match("title").build();
        this.ownedMessages = ChildRule.on(guard.graph(), "messages", owned).build();
        this.requests = ChildRule.on(guard.graph(), "requests", conversations)
                .onceBy("id")
                .build();
    }

    /** Conversation and message in one message of the protocol. */
    ChildOutcome insert(UUID conversation, boolean created) {
        return checked(ensure.insert(messages, row(messages, conversation, body(messages))), created);
    }

    /** The message alone first; a second message where the conversation turns out to be absent. */
    ChildOutcome insertLookingFirst(UUID conversation, boolean created) {
        return checked(
                ensure.insert(lookedForMessages, row(lookedForMessages, conversation, body(lookedForMessages))),
                created);
    }

    /** A message that may be sent twice, which takes a transaction. */
    ChildOutcome insertOnce(UUID conversation, UUID id) {
        RowValues values =
                requests.values().set("id", id).set("body", ByHand.BODY).build();
        return checked(ensure.insert(requests, row(requests, conversation, values)), false);
    }

    /** A message for a conversation that must have a given value, which takes a transaction. */
    ChildOutcome insertMatching(UUID conversation) {
        return checked(ensure.insert(ownedMessages, row(ownedMessages, conversation, body(ownedMessages))), false);
    }

    /** The conversation alone. */
    EnsureOutcome ensure(UUID conversation) {
        return ensure.ensure(conversations, conversations.key(conversation), title(conversations));
    }

    /** The conversation alone, looked for before an INSERT is tried. */
    EnsureOutcome lookFirst(UUID conversation) {
        return ensure.ensure(lookedFor, lookedFor.key(conversation), title(lookedFor));
    }

    private static ChildRow row(ChildRule rule, UUID conversation, RowValues values) {
        ParentRule parent = rule.parent();
        return rule.row(parent.row(parent.key(conversation), title(parent)), values);
    }

    private static RowValues title(ParentRule rule) {
        return rule.values().set("title", ByHand.TITLE).build();
    }

    private static RowValues body(ChildRule rule) {
        return rule.values().set("body", ByHand.BODY).build();
    }

    /** A variant that did something else than its name says would be compared in vain. */
    private static ChildOutcome checked(ChildOutcome outcome, boolean created) {
        if (outcome instanceof Inserted inserted && inserted.parentCreated() == created) {
            return outcome;
        }
        throw new IllegalStateException("Unexpected: " + outcome);
    }
}
