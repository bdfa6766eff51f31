package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Schema(ChatSchema.SQL)
class BulkRepeatIT {

    @Test
    void reportsAParentThatAnEarlierAttemptCreated(Database database) throws SQLException {
        Session writer = database.session("writer");
        Guard guard = Guard.of(writer.connection());
        ParentRule conversations = ParentRule.on(guard.graph(), "conversations").build();
        ChildRule messages =
                ChildRule.on(guard.graph(), "messages", conversations).build();
        RowValues hi = messages.values().set("body", "hi").build();
        UUID absent = UUID.randomUUID();
        UUID deleted = UUID.randomUUID();
        Gate gate = Gate.afterStatement(database, "conversations", "writer");
        Session other = database.session("other");
        other.begin(Isolation.RC);
        other.run("INSERT INTO conversations (id) VALUES (?)", deleted);
        Running<List<ChildOutcome>> insert = writer.start(() -> guard.ensureParent(writer.connection())
                .insertAll(
                        messages,
                        List.of(
                                messages.row(conversations.key(absent), hi),
                                messages.row(conversations.key(deleted), hi))));
        insert.awaitBlockedBy(other);
        other.commit();
        gate.awaitArrival(insert);
        other.run("DELETE FROM conversations WHERE id = ?", deleted);
        gate.open();
        assertThat(insert.result())
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Inserted.class,
                                inserted -> assertThat(inserted.parentCreated()).isTrue()));
    }
}
