package dev.writeguard.spring.jpa;

import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.spring.violation.GuardExceptionTranslator;
import dev.writeguard.violation.GuardException;
import java.sql.SQLException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.springframework.dao.DataAccessException;

/** The connection of a Hibernate session, which is neither flushed nor released for it. */
final class HibernateSessionConnections implements ConnectionSource {

    private final SharedSessionContractImplementor session;

    HibernateSessionConnections(SharedSessionContractImplementor session) {
        this.session = session;
    }

    @Override
    public <T> T with(Use<T> use) throws SQLException {
        return use.on(session.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection());
    }

    @Override
    public RuntimeException toThrow(GuardException failure) {
        DataAccessException translated = GuardExceptionTranslator.translate(failure);
        LostConnections.remember(session, translated);
        return translated;
    }
}
