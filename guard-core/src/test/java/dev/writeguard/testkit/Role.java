package dev.writeguard.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A login role of one test, without any privilege but what {@link #grant} gives it. Roles belong to the server and not to
 * a database, so it is dropped with the test.
 */
public final class Role {

    private final Database database;
    private final String name;

    private Role(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    /** Creates it; the label is a part of its name. */
    public static Role create(Database database, String label) throws SQLException {
        String unique = database.queryStrings("SELECT current_database()").get(0);
        Role role = new Role(
                database, (label + "_" + unique).substring(0, Math.min(63, label.length() + 1 + unique.length())));
        database.execute("CREATE ROLE " + role.name + " LOGIN");
        database.atTestEnd("DROP OWNED BY " + role.name + "; DROP ROLE " + role.name);
        return role;
    }

    /** Its name, which needs no quotes. */
    public String name() {
        return name;
    }

    /** Grants what stands between GRANT and TO, such as {@code SELECT (id) ON item}. */
    public Role grant(String what) throws SQLException {
        database.execute("GRANT " + what + " TO " + name);
        return this;
    }

    /** Revokes what stands between REVOKE and FROM. */
    public Role revoke(String what) throws SQLException {
        database.execute("REVOKE " + what + " FROM " + name);
        return this;
    }

    /** A connection whose session user it is, as if it had logged in. */
    public Connection connect() throws SQLException {
        Connection connection = database.connect();
        become(connection);
        return connection;
    }

    /** Makes a superuser's connection one of this role. */
    public void become(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION AUTHORIZATION " + name);
        }
    }
}
