package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.event.GuardListener;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.violation.GuardConnectionException;
import dev.writeguard.spring.violation.GuardDuplicateKeyException;
import dev.writeguard.spring.violation.GuardIntegrityException;
import dev.writeguard.spring.violation.GuardLockException;
import dev.writeguard.spring.violation.GuardTransactionException;
import dev.writeguard.spring.violation.GuardUsageException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import dev.writeguard.violation.GuardFailure;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Failures reach Spring's users as the exceptions that they catch already. */
@Schema(Chat.SCHEMA)
class ThrownExceptionsIT {

    private final Database database;
    private final ApplicationContextRunner contexts;
    private final UUID id = UUID.randomUUID();

    ThrownExceptionsIT(Database database) {
        this.database = database;
        this.contexts = Contexts.jdbc(database).withBean("chatRules", GuardRules.class, () -> Chat.RULES);
    }

    @Test
    void throwsWhatJdbcTemplateThrowsForADuplicate() {
        contexts.run(context -> {
            ensure(context, id, titled(context, "same " + id));
            UUID other = UUID.randomUUID();
            assertThatThrownBy(() -> context.getBean(JdbcTemplate.class)
                            .update("INSERT INTO conversations (id, title) VALUES (?, ?)", other, "same " + id))
                    .isInstanceOf(DuplicateKeyException.class);
            assertThatThrownBy(() -> ensure(context, other, titled(context, "same " + id)))
                    .isInstanceOf(DuplicateKeyException.class)
                    .isInstanceOfSatisfying(GuardDuplicateKeyException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(FailureCode.OTHER_KEY_TAKEN);
                        assertThat(failure.constraint()).contains("conversations_title_key");
                    });
        });
    }

    @Test
    void tellsAMissingReferenceFromAReadOnlyTransaction() {
        contexts.run(context -> {
            RowValues orphan = rule(context)
                    .values()
                    .set("owner_id", 77L)
                    .set("title", "o")
                    .build();
            assertThatThrownBy(() -> ensure(context, id, orphan)).isInstanceOf(GuardIntegrityException.class);
            var readOnly = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            readOnly.setReadOnly(true);
            assertThatThrownBy(() ->
                            readOnly.executeWithoutResult(status -> ensure(context, id, titled(context, "read only"))))
                    .isInstanceOf(GuardTransactionException.class);
        });
    }

    @Test
    void saysThatALockTimeoutMayBeRepeated() {
        contexts.withPropertyValues("spring.datasource.hikari.connection-init-sql=SET lock_timeout = '50ms'")
                .run(context -> {
                    Session holder = database.session("holder");
                    holder.connection().setAutoCommit(false);
                    try (var statement = holder.connection().createStatement()) {
                        statement.execute("INSERT INTO conversations (id) VALUES ('" + id + "')");
                    }
                    assertThatThrownBy(() -> ensure(context, id, titled(context, "locked " + id)))
                            .isInstanceOfSatisfying(
                                    GuardLockException.class,
                                    failure -> assertThat(failure.mayRetry()).isTrue());
                });
    }

    @Test
    void saysAndReportsThatNoConnectionCouldBeHad() {
        List<OperationEvent> events = new ArrayList<>();
        contexts.withPropertyValues(
                        "spring.datasource.hikari.maximum-pool-size=1",
                        "spring.datasource.hikari.connection-timeout=250")
                .withBean(GuardListener.class, () -> new GuardListener() {
                    @Override
                    public void completed(OperationEvent event) {
                        events.add(event);
                    }
                })
                .run(context -> {
                    RowValues values = titled(context, "no connection");
                    try (Connection taken = context.getBean(DataSource.class).getConnection()) {
                        assertThat(taken.isClosed()).isFalse();
                        assertThatThrownBy(() -> ensure(context, id, values))
                                .isInstanceOf(GuardConnectionException.class);
                    }
                    assertThat(events).singleElement().satisfies(event -> {
                        GuardFailure failure = Objects.requireNonNull(event.failure());
                        assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION_LOST);
                    });
                });
    }

    @Test
    void refusesAKeyOfAnotherTable() {
        contexts.run(context -> {
            ParentRule users =
                    ParentRule.on(context.getBean(Guard.class).graph(), "users").build();
            assertThatThrownBy(() -> context.getBean(EnsureParent.class)
                            .ensure(rule(context).row(users.key(1L))))
                    .isInstanceOf(GuardUsageException.class);
        });
    }

    @Test
    void translatesARefusalThatLeavesARepository() {
        contexts.withConfiguration(AutoConfigurations.of(PersistenceExceptionTranslationAutoConfiguration.class))
                .withBean(ChatRepository.class)
                .run(context -> {
                    ensure(context, id, titled(context, "mine " + id));
                    ChatRepository repository = context.getBean(ChatRepository.class);
                    assertThatThrownBy(() -> repository.ensureFor(id, 2L))
                            .isInstanceOfSatisfying(
                                    GuardIntegrityException.class,
                                    failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_MISMATCH));
                });
    }

    /** The control of the test above: what is translated is core's own exception. */
    @Test
    void throwsCoresExceptionForARefusalElsewhere() {
        contexts.run(context -> {
            ensure(context, id, titled(context, "mine " + id));
            ChatRepository plain =
                    new ChatRepository(context.getBean(EnsureParent.class), context.getBean(GuardModel.class));
            assertThatThrownBy(() -> plain.ensureFor(id, 2L)).isExactlyInstanceOf(GuardException.class);
        });
    }

    private static void ensure(ApplicationContext context, UUID key, RowValues values) {
        ParentRule rule = rule(context);
        context.getBean(EnsureParent.class).ensure(rule, rule.key(key), values);
    }

    private static RowValues titled(ApplicationContext context, String title) {
        return Chat.titled(rule(context), title);
    }

    private static ParentRule rule(ApplicationContext context) {
        return context.getBean(GuardModel.class).parent("conversations");
    }

    @Repository
    static class ChatRepository {

        private final EnsureParent ensureParent;
        private final ParentRule rule;

        ChatRepository(EnsureParent ensureParent, GuardModel model) {
            this.ensureParent = ensureParent;
            this.rule = model.parent("conversations");
        }

        void ensureFor(UUID id, long owner) {
            RowValues values = rule.values()
                    .set("owner_id", owner)
                    .set("title", "of " + owner)
                    .build();
            ensureParent.ensure(rule, rule.key(id), values).orThrow();
        }
    }
}
