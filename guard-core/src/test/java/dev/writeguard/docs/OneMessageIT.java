package dev.writeguard.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When several statements in one {@code PreparedStatement} are one message, and what breaks it: the page
 * {@code docs/protocols/one-message.md}. Each message ends with a child of no parent, so that it fails; where it was one
 * implicit transaction its first INSERT is gone.
 */
@Schema(DocsSchema.SQL)
class OneMessageIT {

    private static final String PARENT = "INSERT INTO conversations (id) VALUES (?); ";
    private static final String LOST_CHILD =
            "INSERT INTO messages (conversation_id, body) VALUES (gen_random_uuid(), 'hi')";
    private static final String VARIABLE_WIDTH = "SELECT title FROM conversations; ";
    private static final String WITH_UNTYPED_VALUE = "SELECT title FROM conversations WHERE id = CAST(? AS uuid); ";

    /** The driver decides by what it has learned of a statement, so the first executions may differ from the later ones. */
    private static final int EXECUTIONS = 8;

    private interface Preparation {
        void on(PreparedStatement statement) throws SQLException;
    }

    @BeforeEach
    void empty(Database database) throws SQLException {
        database.execute("TRUNCATE conversations, messages");
    }

    @Test
    void isOneTransactionWithAutocommit(Database database) throws SQLException {
        assertThat(parentsLeft(database, new Properties(), PARENT, statement -> {}))
                .isZero();
        assertThat(parentsLeft(database, new Properties(), PARENT + VARIABLE_WIDTH, statement -> {}))
                .isZero();
    }

    @Test
    void isOneTransactionUpTo128Statements(Database database) throws SQLException {
        assertThat(parentsLeft(database, new Properties(), PARENT + "SELECT 1; ".repeat(126), statement -> {}))
                .isZero();
    }

    @Test
    void isSplitFrom256Statements(Database database) throws SQLException {
        assertThat(parentsLeft(database, new Properties(), PARENT + "SELECT 1; ".repeat(254), statement -> {}))
                .isEqualTo(EXECUTIONS);
    }

    @Test
    void isSplitByResultsOfVariableWidthOnceTheDriverHasDescribedThem(Database database) throws SQLException {
        assertThat(parentsLeft(database, new Properties(), PARENT + VARIABLE_WIDTH, PreparedStatement::getMetaData))
                .isPositive();
    }

    @Test
    void isSplitByResultsOfVariableWidthBehindAValueWithoutType(Database database) throws SQLException {
        assertThat(parentsLeft(
                        database,
                        new Properties(),
                        PARENT + WITH_UNTYPED_VALUE,
                        statement -> statement.setNull(2, Types.NULL)))
                .isPositive();
    }

    @Test
    void isManyTransactionsInSimpleQueryMode(Database database) throws SQLException {
        assertThat(parentsLeft(database, simpleQueryMode(), PARENT, statement -> {}))
                .isEqualTo(EXECUTIONS);
    }

    @Test
    void locksOnlyTheRowsThatAFetchSizeLetsThrough(Database database) throws SQLException {
        database.execute("INSERT INTO conversations (id) SELECT gen_random_uuid() FROM generate_series(1, 20)");
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id FROM conversations ORDER BY id FOR KEY SHARE; SELECT 1")) {
            statement.setFetchSize(5);
            statement.execute();
            assertThat(deletableConversations(database)).isEqualTo(15);
        }
    }

    @Test
    void guardLocksThemAllDespiteADefaultFetchSize(Database database) throws SQLException {
        Properties five = new Properties();
        five.setProperty("defaultRowFetchSize", "5");
        Connection connection = database.connect(five);
        Guard guard = Guard.of(connection);
        ParentRule conversations = ParentRule.on(guard.graph(), "conversations").build();
        List<ParentRow> rows = Stream.generate(() -> conversations.row(conversations.key(UUID.randomUUID())))
                .limit(20)
                .toList();
        guard.ensureParent(connection).ensureAll(conversations, rows);
        connection.setAutoCommit(false);
        guard.ensureParent(connection).ensureAll(conversations, rows);
        assertThat(deletableConversations(database)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "extendedForPrepared", "extendedCacheEverything", "simple"})
    void guardLeavesNoParentOfAFailedChild(String queryMode, Database database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("preferQueryMode", queryMode);
        Connection connection = database.connect(properties);
        Guard guard = Guard.of(connection);
        ParentRule conversations = ParentRule.on(guard.graph(), "conversations").build();
        ChildRule messages =
                ChildRule.on(guard.graph(), "messages", conversations).build();
        for (int i = 0; i < EXECUTIONS; i++) {
            ChildRow message = messages.row(
                    conversations.key(UUID.randomUUID()),
                    messages.values()
                            .set("author_id", 99L)
                            .set("client_id", null)
                            .set("body", "hi")
                            .build());
            assertThatThrownBy(() -> guard.ensureParent(connection).insert(messages, message))
                    .isInstanceOf(GuardException.class);
        }
        assertThat(database.queryLong("SELECT count(*) FROM conversations")).isZero();
    }

    /** How many of them nobody has locked. */
    private static long deletableConversations(Database database) throws SQLException {
        return database.queryStrings("SELECT id FROM conversations FOR UPDATE SKIP LOCKED")
                .size();
    }

    private static Properties simpleQueryMode() {
        Properties properties = new Properties();
        properties.setProperty("preferQueryMode", "simple");
        return properties;
    }

    private static long parentsLeft(Database database, Properties properties, String start, Preparation preparation)
            throws SQLException {
        Connection connection = database.connect(properties);
        for (int i = 0; i < EXECUTIONS; i++) {
            try (PreparedStatement statement = connection.prepareStatement(start + LOST_CHILD)) {
                preparation.on(statement);
                statement.setObject(1, UUID.randomUUID());
                assertThatThrownBy(statement::execute)
                        .asInstanceOf(type(SQLException.class))
                        .extracting(SQLException::getSQLState)
                        .isEqualTo("23503");
            }
        }
        return database.queryLong("SELECT count(*) FROM conversations");
    }
}
