package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Elsewhere;
import dev.writeguard.ensure.ChildOutcome.Inserted;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TOUCH writes into a parent for a child that is inserted, and for no other. */
@Schema(ChatSchema.SQL)
class NothingWrittenIT {

    private final UUID touched = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private Connection connection;
    private EnsureParent ensure;
    private ParentRule conversations;
    private ChildRule messages;

    @BeforeEach
    void compile(Database database) throws SQLException {
        connection = database.connect();
        Guard guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        conversations = ParentRule.on(guard.graph(), "conversations")
                .touchVersion("version")
                .requireState("state", "OPEN")
                .build();
        messages = ChildRule.on(guard.graph(), "messages", conversations)
                .onceBy("id")
                .build();
        database.execute("TRUNCATE conversations, messages; INSERT INTO conversations (id) VALUES ('" + touched
                + "'), ('" + other + "')");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void touchesNoParentForAChildThatIsStored(boolean autocommit, Database database) throws SQLException {
        ensure.insert(messages, message(1, touched));
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insert(messages, message(1, touched))).isInstanceOf(Duplicate.class);
        assertThat(ensure.insert(messages, message(1, other))).isInstanceOf(Elsewhere.class);
        connection.setAutoCommit(true);
        assertThat(versions(database)).containsExactlyInAnyOrder("1", "0");
    }

    @Test
    void touchesNoParentOfABulkThatIsRefused(Database database) throws SQLException {
        database.execute("UPDATE conversations SET state = 'CLOSED' WHERE id = '" + other + "'");
        assertThat(ensure.insertAll(messages, List.of(message(1, touched), message(2, other))))
                .hasExactlyElementsOfTypes(ChildOutcome.Withheld.class, ChildOutcome.Refused.class);
        assertThat(versions(database)).containsExactly("0", "0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void touchesOnlyTheParentsOfChildrenThatABulkInserts(boolean autocommit, Database database) throws SQLException {
        ensure.insert(messages, message(1, other));
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insertAll(messages, List.of(message(1, other), message(2, touched), message(3, touched))))
                .hasExactlyElementsOfTypes(Duplicate.class, Inserted.class, Inserted.class);
        connection.setAutoCommit(true);
        assertThat(versions(database)).containsExactly("1", "1");
    }

    /** A trigger on the child's table makes its count tell nothing: the parent is then ensured by itself. */
    @Test
    void touchesOnceWhereTheParentIsEnsuredByItself(Database database) throws SQLException {
        database.execute("""
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER keep BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION keep()""");
        compile(database);
        assertThat(ensure.insert(messages, message(1, touched))).isInstanceOf(Inserted.class);
        database.execute("DROP FUNCTION keep CASCADE");
        assertThat(versions(database)).containsExactlyInAnyOrder("1", "0");
    }

    private ChildRow message(long id, UUID conversation) {
        return messages.row(
                conversations.key(conversation),
                messages.values().set("id", id).set("body", "hi").build());
    }

    private static List<String> versions(Database database) throws SQLException {
        return database.queryStrings("SELECT version FROM conversations");
    }
}
