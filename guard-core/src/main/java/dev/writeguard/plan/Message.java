package dev.writeguard.plan;

import dev.writeguard.sql.JdbcValues;
import dev.writeguard.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that go out together in one {@code PreparedStatement}: one message of the extended protocol, one round
 * trip, and with autocommit one implicit transaction, under the conditions of {@code docs/protocols/one-message.md}.
 *
 * @param actions at most {@value #LIMIT}, since the driver puts a sync of its own into longer messages
 * @since 0.1
 */
public record Message(List<Action> actions) {

    /** Statements that the driver sends without a sync of its own between them. */
    public static final int LIMIT = 128;

    /**
     * @throws IllegalArgumentException if there are no actions, or too many
     */
    public Message {
        actions = List.copyOf(actions);
        if (actions.isEmpty() || actions.size() > LIMIT) {
            throw new IllegalArgumentException("A message has 1 to " + LIMIT + " statements, not " + actions.size());
        }
    }

    public static Message of(Action... actions) {
        return new Message(List.of(actions));
    }

    /** The statements, separated by semicolons. */
    Sql sql() {
        return Sql.join(";\n", actions.stream().map(Action::sql).toList());
    }

    /** Sends the message and reads the answers, one for each action. */
    List<Answer> send(Connection connection) throws SQLException {
        Sql sql = sql();
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            // A fetch size, also the connection's default one, would make the driver split the message.
            statement.setFetchSize(0);
            statement.setMaxRows(0);
            JdbcValues.bind(statement, sql.values());
            statement.execute();
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
}
