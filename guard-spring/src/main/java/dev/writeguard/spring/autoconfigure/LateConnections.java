package dev.writeguard.spring.autoconfigure;

import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.spring.violation.GuardExceptionTranslator;
import dev.writeguard.violation.GuardException;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Connections of a database that need not exist before the first call. */
record LateConnections(Supplier<ConnectionSource> connections) implements ConnectionSource {

    @Override
    public <T> T with(Use<T> use) throws SQLException {
        return connections.get().with(use);
    }

    @Override
    public RuntimeException toThrow(GuardException failure) {
        return GuardExceptionTranslator.translate(failure);
    }
}
