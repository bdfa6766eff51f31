package dev.writeguard.lab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.lab.TestDatabase;
import dev.writeguard.lab.chat.ChatPaths.Code;
import java.sql.SQLException;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/** A message that the server does not take. */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ContextConfiguration(initializers = TestDatabase.class)
class ChatFailuresIT {

    private static final String NO_TEXT_IN_POSTGRESQL = "\0";
    private static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";

    @Autowired
    private ChatPaths paths;

    @Autowired
    private ChatTables tables;

    /** The conversation is made for the message: both are stored, or none. */
    @ParameterizedTest
    @EnumSource
    void leaveNoConversationBehind(ChatPath path) {
        Code code = paths.guarded(path);
        var message = new IncomingMessage(UUID.randomUUID(), UUID.randomUUID(), 1, NO_TEXT_IN_POSTGRESQL);

        assertThatThrownBy(() -> code.write().accept(Collections.nCopies(code.batch(), message)))
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo(CHARACTER_NOT_IN_REPERTOIRE));

        assertThat(tables.conversations(message.conversationId())).isZero();
        assertThat(tables.messages(message.conversationId())).isZero();
    }
}
