package dev.writeguard.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PostgreSQL from the binaries on the class path, stopped by its own shutdown hook.
 *
 * <p>The system property {@code guard.test.postgres.config}, {@code name=value} separated by semicolons, goes to the server's
 * command line and wins over what is set here: {@code fsync=on} for durable commits, {@code deadlock_timeout=10ms}.
 */
final class EmbeddedServer {

    static final String CONFIG = "guard.test.postgres.config";

    private EmbeddedServer() {}

    static String start() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        config(System.getProperty(CONFIG, "")).forEach(builder::setServerConfig);
        try {
            return builder.start().getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("Embedded PostgreSQL did not start", e);
        }
    }

    static Map<String, String> config(String overrides) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("max_connections", "200");
        config.put("fsync", "off");
        // Zonky's own default is off, with which a commit is acknowledged before it is written.
        config.put("synchronous_commit", "on");
        for (String entry : overrides.split(";")) {
            if (!entry.isBlank()) {
                String[] pair = entry.split("=", 2);
                if (pair.length != 2) {
                    throw new IllegalArgumentException(CONFIG + " is not name=value: " + entry);
                }
                config.put(pair[0].strip(), pair[1].strip());
            }
        }
        return config;
    }
}
