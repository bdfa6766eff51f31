package dev.writeguard.benchmarks;

import dev.writeguard.Guard;
import dev.writeguard.benchmarks.Bulk.Arrived;
import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.sql.Connection;
import java.util.List;

/** The same messages through {@link EnsureParent}. */
final class BulkGuarded {

    private final EnsureParent ensure;
    private final ParentRule conversations;
    private final ChildRule messages;

    BulkGuarded(Guard guard, Connection connection) {
        this.ensure = guard.ensureParent(connection);
        this.conversations = ParentRule.on(guard.graph(), "conversations").build();
        this.messages = ChildRule.on(guard.graph(), "messages", conversations).build();
    }

    List<ChildOutcome> insert(List<Arrived> arrived, boolean created) {
        RowValues untitled = conversations.values().set("title", ByHand.TITLE).build();
        List<ChildRow> rows =
                arrived.stream().map(message -> row(message, untitled)).toList();
        List<ChildOutcome> outcomes = ensure.insertAll(messages, rows);
        if (outcomes.get(0) instanceof Inserted first && first.parentCreated() == created) {
            return outcomes;
        }
        throw new IllegalStateException("Unexpected: " + outcomes.get(0));
    }

    private ChildRow row(Arrived message, RowValues parent) {
        return messages.row(
                conversations.row(conversations.key(message.conversation()), parent),
                messages.values().set("body", message.body()).build());
    }
}
