package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Refused;
import dev.writeguard.ensure.ChildOutcome.Withheld;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Children of one bulk may name one conversation and give it different owners. */
@Schema(ChatSchema.SQL)
class BulkMatchIT {

    private final UUID id = UUID.randomUUID();
    private Connection connection;
    private EnsureParent ensure;
    private ParentRule conversations;
    private ChildRule messages;

    @BeforeEach
    void compile(Database database) throws SQLException {
        connection = database.connect();
        Guard guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        conversations =
                ParentRule.on(guard.graph(), "conversations").match("owner_id").build();
        messages = ChildRule.on(guard.graph(), "messages", conversations).build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void comparesWhatEachChildGivesForAnExistingParent(boolean autocommit, Database database) throws SQLException {
        ensure.ensure(
                conversations,
                conversations.key(id),
                conversations.values().set("owner_id", 7L).build());
        connection.setAutoCommit(autocommit);
        assertRefusesTheSecondOf(ownedBy(7), ownedBy(8));
        assertThat(stored("messages", "conversation_id", database)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void comparesWhatEachChildGivesForAnAbsentParent(boolean autocommit, Database database) throws SQLException {
        connection.setAutoCommit(autocommit);
        assertRefusesTheSecondOf(ownedBy(7), ownedBy(8));
        assertThat(stored("conversations", "id", database)).isZero();
        assertThat(ensure.insertAll(messages, List.of(ownedBy(7), ownedBy(7))))
                .hasOnlyElementsOfType(ChildOutcome.Inserted.class);
    }

    private void assertRefusesTheSecondOf(ChildRow... rows) throws SQLException {
        assertThat(ensure.insertAll(messages, List.of(rows)))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Withheld.class),
                        second -> assertThat(second).isInstanceOf(Refused.class));
        commit();
    }

    private ChildRow ownedBy(long owner) {
        return messages.row(
                conversations.row(
                        conversations.key(id),
                        conversations.values().set("owner_id", owner).build()),
                messages.values().set("body", "hi").build());
    }

    private long stored(String table, String key, Database database) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + table + " WHERE " + key + " = ?", id);
    }

    private void commit() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }
}
