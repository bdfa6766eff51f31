package dev.writeguard.spring.jpa;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.TransactionCompletionCallbacks;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/**
 * Before a detached or new instance is merged. A merge does not change the instance that it is given, so what that one was
 * made to refer to meanwhile is set back afterwards.
 */
final class MergeListener implements MergeEventListener {

    private final Supplier<EntityDoor> door;
    private final Map<MergeEvent, List<Referrer>> replaced = Collections.synchronizedMap(new WeakHashMap<>());

    MergeListener(Supplier<EntityDoor> door) {
        this.door = door;
    }

    @Override
    public void onMerge(MergeEvent event) {
        EntityDoor guarding = door.get();
        Object child = guarding.idle() ? null : instance(event.getOriginal());
        EventSource session = event.getSession();
        EntityEntry entry =
                child == null ? null : session.getPersistenceContextInternal().getEntry(child);
        if (child != null && entry != null) {
            guarding.beforeCascade(child, entry, session);
        } else if (child != null) {
            List<Referrer> replacements =
                    guarding.beforeWrite(child, session.getEntityPersister(event.getEntityName(), child), session);
            if (!replacements.isEmpty()) {
                replaced.put(event, replacements);
                // If the merge itself fails, nothing is heard of it any more.
                session.getTransactionCompletionCallbacks()
                        .registerCallback((TransactionCompletionCallbacks.AfterCompletionCallback)
                                (success, ended) -> undo(event));
            }
        }
    }

    @Override
    public void onMerge(MergeEvent event, MergeContext already) {
        onMerge(event);
    }

    private static @Nullable Object instance(@Nullable Object merged) {
        LazyInitializer proxy = merged == null ? null : HibernateProxy.extractLazyInitializer(merged);
        if (proxy == null) {
            return merged;
        }
        return proxy.isUninitialized() ? null : proxy.getImplementation();
    }

    private void undo(MergeEvent event) {
        List<Referrer> replacements = replaced.remove(event);
        if (replacements != null) {
            replacements.forEach(Referrer::undo);
        }
    }

    /** To be heard after Hibernate's own listener. */
    MergeEventListener afterwards() {
        return new MergeEventListener() {
            @Override
            public void onMerge(MergeEvent event) {
                undo(event);
                if (event.getResult() != null) {
                    door.get().afterCallbacks(event.getResult(), event.getSession());
                }
            }

            @Override
            public void onMerge(MergeEvent event, MergeContext already) {
                onMerge(event);
            }
        };
    }
}
