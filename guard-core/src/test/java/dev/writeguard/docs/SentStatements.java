package dev.writeguard.docs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** Remembers the text of what is prepared on a connection; everything is passed on to the driver's. */
final class SentStatements {

    private final List<String> texts = new ArrayList<>();

    Connection on(Connection connection) {
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
    List<String> texts() {
        return texts;
    }

    void clear() {
        texts.clear();
    }
}
