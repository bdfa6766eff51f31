package dev.writeguard.plan;

import dev.writeguard.sql.JdbcValues;
import dev.writeguard.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go out together in one {@code PreparedStatement}: one message of the extended protocol, one round
 * trip, and with autocommit one implicit transaction, under the conditions of {@code docs/protocols/one-message.md}.
 *
 * <p>Immutable: may be sent any number of times, also with other values.
 *
 * @since 0.1
 */
public final class Message {

    /** Statements that the driver sends without a sync of its own between them. */
    public static final int LIMIT = 128;

    private final List<Action> actions;
    private final Sql sql;
    private final boolean writes;

    /**
     * @param actions at most {@value #LIMIT}, since the driver puts a sync of its own into longer messages
     * @throws IllegalArgumentException if there are no actions, or too many
     */
    public Message(List<Action> actions) {
        if (actions.isEmpty() || actions.size() > LIMIT) {
            throw new IllegalArgumentException("A message has 1 to " + LIMIT + " statements, not " + actions.size());
        }
        this.actions = List.copyOf(actions);
        this.sql = Sql.join(";\n", actions.stream().map(Action::sql).toList());
        this.writes = actions.stream().anyMatch(action -> !(action instanceof Action.Read));
    }

    public static Message of(Action... actions) {
        return new Message(List.of(actions));
    }

    /** The statements, separated by semicolons. */
    Sql sql() {
        return sql;
    }

    /** Whether it may change rows, and so has something to lose with its connection. */
    boolean writes() {
        return writes;
    }

    /**
     * The statement with its values, to be executed, read and closed.
     *
     * @param value what to send for each value of the statements
     */
    PreparedStatement prepare(Connection connection, UnaryOperator<@Nullable Object> value) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        try {
            // A fetch size, also the connection's default one, would make the driver split the message.
            statement.setFetchSize(0);
            statement.setMaxRows(0);
            List<@Nullable Object> values = new ArrayList<>(sql.values());
            values.replaceAll(value);
            JdbcValues.bind(statement, values);
            return statement;
        } catch (SQLException | RuntimeException | Error failure) {
            statement.close();
            throw failure;
        }
    }

    /** The answers of the executed statement, one for each action. */
    List<Answer> read(PreparedStatement statement) throws SQLException {
        List<Answer> answers = new ArrayList<>(actions.size());
        for (Action action : actions) {
            if (!answers.isEmpty()) {
                statement.getMoreResults();
            }
            answers.add(action.read(statement));
        }
        return answers;
    }
}
