package dev.writeguard.spring.actuate;

import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@code /actuator/guard}: for each database its rules, and the foreign keys without one. Holds names of tables, columns,
 * entities and declared states, and no values of rows. Asks the database nothing.
 *
 * @since 0.1
 */
@Endpoint(id = "guard")
public final class GuardEndpoint {

    private final Supplier<Map<String, GuardedDatabaseDescription>> databases;

    /**
     * @param databases by bean name
     */
    public GuardEndpoint(Supplier<Map<String, GuardedDatabaseDescription>> databases) {
        this.databases = databases;
    }

    /**
     * What is guarded.
     *
     * @param databases by bean name
     */
    public record Description(Map<String, GuardedDatabaseDescription> databases) {}

    /** All databases. */
    @ReadOperation
    public Description guard() {
        return new Description(databases.get());
    }
}
