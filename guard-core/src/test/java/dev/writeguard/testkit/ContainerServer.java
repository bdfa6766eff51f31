package dev.writeguard.testkit;

import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container. Loaded only if asked for, so that nobody else needs Docker or Testcontainers at run time. */
final class ContainerServer {

    static final String IMAGE = "guard.test.postgres.image";

    private ContainerServer() {}

    /** Starts a container that lives as long as the JVM; Testcontainers' reaper removes it. */
    @SuppressWarnings("resource")
    static String start() {
        PostgreSQLContainer container = new PostgreSQLContainer(System.getProperty(IMAGE, "postgres:18-alpine"));
        container.setCommand("postgres", "-c", "max_connections=200", "-c", "fsync=off");
        container.start();
        return "jdbc:postgresql://" + container.getHost() + ":" + container.getFirstMappedPort() + "/postgres?user="
                + container.getUsername() + "&password=" + container.getPassword();
    }
}
