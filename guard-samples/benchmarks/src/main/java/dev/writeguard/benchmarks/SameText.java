package dev.writeguard.benchmarks;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The very text that Guard sends, sent by hand: what is then left of the difference is Guard's own work. */
final class SameText {

    private final Connection connection;
    private final String text;

    SameText(Chat chat) {
        this.connection = chat.connection();
        List<String> texts = new ArrayList<>();
        new Guarded(chat.guard(), recording(connection, texts)).insert(chat.existing(), false);
        this.text = texts.get(0);
    }

    long insert(UUID conversation) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setObject(1, conversation);
            statement.setString(2, ByHand.TITLE);
            statement.setObject(3, conversation);
            statement.setString(4, ByHand.BODY);
            statement.setObject(5, conversation);
            statement.execute();
            long created = statement.getLargeUpdateCount();
            statement.getMoreResults();
            return created + statement.getLargeUpdateCount();
        }
    }

    /** The connection, with a memory for what is prepared on it. */
    private static Connection recording(Connection connection, List<String> texts) {
        return (Connection) Proxy.newProxyInstance(
                SameText.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        texts.add((String) arguments[0]);
                    }
                    return method.invoke(connection, arguments);
                });
    }
}
