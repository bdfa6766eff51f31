package dev.writeguard.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The code on the README. */
@Schema(DocsSchema.SQL)
class ReadmeIT {

    private final UUID conversation = UUID.randomUUID();
    private Connection connection;

    // tag::service[]
    static final class MessageService {

        private final EnsureParent ensureParent;
        private final ParentRule conversations;
        private final ChildRule messages;

        MessageService(Guard guard, EnsureParent ensureParent) {
            this.ensureParent = ensureParent;
            this.conversations = ParentRule.on(guard.graph(), "conversations")
                    .match("owner_id") // not into somebody else's conversation
                    .build();
            this.messages = ChildRule.on(guard.graph(), "messages", conversations)
                    .onceBy("client_id") // a replay is no second message
                    .build();
        }

        void save(UUID conversationId, long owner, UUID clientId, String body) {
            ParentRow conversation = conversations.row(
                    conversations.key(conversationId),
                    conversations.values().set("owner_id", owner).build());
            RowValues message = messages.values()
                    .set("client_id", clientId)
                    .set("body", body)
                    .build();
            ensureParent.insert(messages, messages.row(conversation, message)).orThrow();
        }
    }
    // end::service[]

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE users, conversations, messages; INSERT INTO users VALUES (7, 'Ann'), (8, 'Bob')");
        connection = database.connect();
    }

    @Test
    void savesAMessageOfAConversationThatIsNotThere(Database database) throws SQLException {
        assertThatThrownBy(this::insertMessage)
                .asInstanceOf(type(SQLException.class))
                .extracting(SQLException::getSQLState)
                .isEqualTo("23503");
        Guard guard = Guard.of(connection);
        MessageService service = new MessageService(guard, guard.ensureParent(connection));
        UUID replayed = UUID.randomUUID();
        service.save(conversation, 7, replayed, "Noon?");
        service.save(conversation, 7, replayed, "Noon?");
        assertThat(database.queryLong("SELECT count(*) FROM messages")).isEqualTo(1);
    }

    @Test
    void refusesSomebodyElsesConversation() throws SQLException {
        Guard guard = Guard.of(connection);
        MessageService service = new MessageService(guard, guard.ensureParent(connection));
        service.save(conversation, 7, UUID.randomUUID(), "Noon?");
        assertThatThrownBy(() -> service.save(conversation, 8, UUID.randomUUID(), "Me too"))
                .isInstanceOf(GuardException.class)
                .hasMessage(Page.block("message", getClass(), "refusesSomebodyElsesConversation"));
    }

    private void insertMessage() throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO messages (conversation_id, body) VALUES (?, 'Noon?')")) {
            insert.setObject(1, conversation);
            insert.executeUpdate();
        }
    }
}
