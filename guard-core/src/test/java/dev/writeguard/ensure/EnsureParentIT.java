package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Schema(ChatSchema.SQL)
class EnsureParentIT {

    @Test
    void smoke(Database database) throws Exception {
        Connection connection = database.connect();
        Guard guard = Guard.of(connection);
        ParentRule conversations = ParentRule.on(guard.graph(), "conversations").build();
        EnsureParent ensure = guard.ensureParent(connection);
        UUID id = UUID.randomUUID();
        assertThat(ensure.ensure(
                        conversations,
                        conversations.key(id),
                        conversations.values().set("title", "x").build()))
                .isInstanceOf(Created.class);
        assertThat(ensure.ensure(conversations.row(conversations.key(id)))).isInstanceOf(Existing.class);
        ChildRule messages = ChildRule.on(guard.graph(), "messages", conversations)
                .returning("id")
                .build();
        ChildOutcome one = ensure.insert(
                messages,
                messages.row(
                        conversations.key(UUID.randomUUID()),
                        messages.values().set("body", "hi").build()));
        assertThat(((Inserted) one).parentCreated()).isTrue();
        assertThat(((Inserted) one).stored().value("id")).isEqualTo(1L);
        List<EnsureOutcome> many = ensure.ensureAll(
                conversations,
                IntStream.range(0, 20)
                        .mapToObj(i -> conversations.row(conversations.key(UUID.randomUUID())))
                        .toList());
        assertThat(many).hasOnlyElementsOfType(Created.class);
        UUID other = UUID.randomUUID();
        List<ChildOutcome> kids = ensure.insertAll(
                messages,
                IntStream.range(0, 20)
                        .mapToObj(i -> messages.row(
                                conversations.key(i % 2 == 0 ? id : other),
                                messages.values().set("body", "b" + i).build()))
                        .toList());
        assertThat(kids).hasOnlyElementsOfType(Inserted.class);
        assertThat(database.queryLong("SELECT count(*) FROM messages")).isEqualTo(21);
    }
}
