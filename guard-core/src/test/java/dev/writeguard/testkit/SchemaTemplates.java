package dev.writeguard.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A template database per distinct schema text, so that a clone costs a file copy and not a script. */
final class SchemaTemplates {

    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    private static final Map<String, String> TEMPLATE_BY_SCHEMA = new HashMap<>();
    private static final Set<String> CREATED = new LinkedHashSet<>();
    private static int sequence;

    private SchemaTemplates() {}

    /** Creates a database with that schema and returns its name; the label only makes the name readable. */
    static synchronized String clone(PostgresServer server, String label, String schema) throws SQLException {
        String template = TEMPLATE_BY_SCHEMA.get(schema);
        if (template == null) {
            template = build(server, schema);
            TEMPLATE_BY_SCHEMA.put(schema, template);
        }
        String name = newName(label);
        create(server, name, template);
        return name;
    }

    static synchronized void drop(PostgresServer server, String name) throws SQLException {
        try (Connection admin = server.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
        CREATED.remove(name);
    }

    private static String build(PostgresServer server, String schema) throws SQLException {
        String name = newName("template");
        create(server, name, "template0");
        try (Connection connection = DriverManager.getConnection(server.url(name));
                Statement statement = connection.createStatement()) {
            statement.execute(schema);
        }
        try (Connection admin = server.admin()) {
            awaitUnused(admin, name);
        }
        return name;
    }

    private static void create(PostgresServer server, String name, String template) throws SQLException {
        if (CREATED.isEmpty() && server.external()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> dropAll(server), "testkit-drop-databases"));
        }
        try (Connection admin = server.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        }
        CREATED.add(name);
    }

    /** A backend leaves some time after its client did, and until then CREATE DATABASE waits in steps of 100 ms. */
    private static void awaitUnused(Connection admin, String name) {
        Probe.await("template " + name + " is unused", () -> {
            try (PreparedStatement statement =
                    admin.prepareStatement("SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = ?")) {
                statement.setString(1, name);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() && rows.getBoolean(1);
                }
            }
        });
    }

    private static String newName(String label) {
        String readable = label.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return "guard_" + RUN + "_" + (++sequence) + "_" + readable.substring(0, Math.min(readable.length(), 30));
    }

    private static synchronized void dropAll(PostgresServer server) {
        for (String name : Set.copyOf(CREATED)) {
            try {
                drop(server, name);
            } catch (SQLException e) {
                System.err.println("Left behind: database " + name + ": " + e.getMessage());
            }
        }
    }
}
