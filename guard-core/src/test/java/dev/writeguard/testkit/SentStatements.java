package dev.writeguard.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** Remembers the text of what is prepared on a connection; everything is passed on to the driver's. */
public final class SentStatements {

    private final List<String> texts = new ArrayList<>();

    /** The same connection, listened to. */
    public Connection on(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        texts.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    /** The messages in the order in which they were prepared. */
    public List<String> texts() {
        return texts;
    }

    /** Forgets what was sent so far. */
    public void clear() {
        texts.clear();
    }
}
