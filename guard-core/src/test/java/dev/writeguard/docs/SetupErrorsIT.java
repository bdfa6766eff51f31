package dev.writeguard.docs;

import dev.writeguard.Guard;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
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
                () -> Guard.of(reporting("MariaDB", 11, database.connect())));
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

    /** The connection of another database, by its own account: no other one is there. */
    private static Connection reporting(String product, int version, Connection connection) throws Exception {
        DatabaseMetaData real = connection.getMetaData();
        DatabaseMetaData metaData =
                proxy(DatabaseMetaData.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getDatabaseProductName" -> product;
                    case "getDatabaseMajorVersion" -> version;
                    default -> method.invoke(real, arguments);
                });
        return proxy(
                Connection.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getMetaData") ? metaData : method.invoke(connection, arguments));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
