package dev.writeguard.docs;

import dev.writeguard.Guard;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The recipes on the pages {@code GRD-9xx}: what is found out at start-up. */
@Schema(DocsSchema.SQL)
class SetupErrorsIT {

    @Test
    void ruleInvalid(Database database) {
        ErrorPage.assertShows(getClass(), FailureCode.RULE_INVALID, () -> {
            Guard guard = Guard.of(database.connect());
            // tag::ruleInvalid[]
            ParentRule.on(guard.graph(), "conversations")
                    .key("title")
                    .touch("id")
                    .build();
            // end::ruleInvalid[]
        });
    }

    @Test
    void databaseUnsupported(Database database) {
        ErrorPage.assertShows(
                getClass(),
                FailureCode.DATABASE_UNSUPPORTED,
                () -> Guard.of(saying("CockroachDB CCL v24.2.4 (x86_64-pc-linux-gnu)", database.connect())));
    }

    @Test
    void catalogUnreadable(Database database) {
        ErrorPage.assertShows(getClass(), FailureCode.CATALOG_UNREADABLE, () -> {
            // tag::catalogUnreadable[]
            Connection connection = database.connect();
            connection.close();
            Guard.of(connection);
            // end::catalogUnreadable[]
        });
    }

    /** The connection of another database, by the version that it gives: no other one is there. */
    private static Connection saying(String version, Connection connection) throws Exception {
        Statement real = connection.createStatement();
        Statement statement = proxy(
                Statement.class,
                (proxy, method, arguments) -> method.getName().equals("executeQuery")
                        ? real.executeQuery("SELECT '" + version + "'")
                        : method.invoke(real, arguments));
        return proxy(
                Connection.class,
                (proxy, method, arguments) ->
                        method.getName().equals("createStatement") ? statement : method.invoke(connection, arguments));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
