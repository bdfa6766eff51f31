package dev.writeguard.spring.jpa;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.hibernate.engine.spi.StatelessSessionImplementor;

/**
 * The stateless sessions in whose batch an INSERT or a DELETE of a parent may wait. It has to be sent before Guard asks for
 * that row: else Guard would create it, and the batch would fail; or lock it, and the batch would delete it.
 */
final class QueuedParents {

    private final Set<StatelessSessionImplementor> sessions =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    void add(StatelessSessionImplementor session) {
        sessions.add(session);
    }

    void send(StatelessSessionImplementor session) {
        if (sessions.remove(session)) {
            session.getJdbcCoordinator().executeBatch();
        }
    }
}
