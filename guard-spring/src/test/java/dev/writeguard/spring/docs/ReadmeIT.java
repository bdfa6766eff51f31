package dev.writeguard.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.writeguard.docs.Page;
import dev.writeguard.testkit.Database;
import dev.writeguard.violation.GuardException;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The tables, the rules and the service of the README, in an application that has nothing else. */
@SpringBootTest(
        classes = ReadmeIT.Application.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "spring.flyway.enabled=false")
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class ReadmeIT {

    private static final Database DATABASE =
            Database.create("readme", Page.block("tables", ReadmeIT.class, "countsTheRuleAtStartUp"));

    private final UUID conversation = UUID.randomUUID();

    @Autowired
    private MessageStore messages;

    @Autowired
    private JdbcTemplate jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", DATABASE::url);
    }

    @BeforeEach
    void annAndBob() throws Exception {
        DATABASE.execute("TRUNCATE users, conversations, messages; INSERT INTO users VALUES (7, 'Ann'), (8, 'Bob')");
    }

    @Test
    void countsTheRuleAtStartUp(CapturedOutput output) {
        assertThat(output).contains("2 foreign keys: 1 guarded, 1 not, 1 without an index");
    }

    @Test
    void savesAMessageOfAConversationThatIsNotThere() {
        assertThatThrownBy(() -> jdbc.update(
                        "INSERT INTO messages (conversation_id, client_id, body) VALUES (?, ?, 'Noon?')",
                        conversation,
                        UUID.randomUUID()))
                .isInstanceOf(DataIntegrityViolationException.class)
                .rootCause()
                .asInstanceOf(type(SQLException.class))
                .extracting(SQLException::getSQLState)
                .isEqualTo("23503");
        messages.save(conversation, 7, UUID.randomUUID(), "Noon?");
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void storesAReplayedMessageOnce() {
        UUID replayed = UUID.randomUUID();
        messages.save(conversation, 7, replayed, "Noon?");
        messages.save(conversation, 7, replayed, "Noon?");
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void refusesSomebodyElsesConversation() {
        messages.save(conversation, 7, UUID.randomUUID(), "Noon?");
        assertThatThrownBy(() -> messages.save(conversation, 8, UUID.randomUUID(), "Me too"))
                .isInstanceOf(GuardException.class)
                .hasMessage(Page.block("message", getClass(), "refusesSomebodyElsesConversation"));
        assertThat(stored()).isEqualTo(1);
    }

    private long stored() {
        return jdbc.queryForObject("SELECT count(*) FROM messages", Long.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ChatConfiguration.class, MessageStore.class})
    static class Application {}
}
