package dev.writeguard.spring.intercepted;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.Interceptor;
import org.hibernate.type.Type;

/** Names the captain of each ship that is persisted. */
public final class Naming implements Interceptor {

    static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public boolean onPersist(Object entity, Object id, Object[] state, String[] names, Type[] types) {
        if (!(entity instanceof Ship)) {
            return false;
        }
        CALLS.incrementAndGet();
        state[List.of(names).indexOf("captain")] = "named before the INSERT";
        return true;
    }
}
