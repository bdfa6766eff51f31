package dev.writeguard.spring.jpa;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.hibernate.engine.spi.StatelessSessionImplementor;

/**
 * The stateless sessions in whose batch a statement of a parent may wait. It has to be sent before Guard asks for that row:
 * else Guard would create it, and the INSERT would fail; or lock it, and the DELETE would take it away; or touch it, and the
 * UPDATE would write what was there before.
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
