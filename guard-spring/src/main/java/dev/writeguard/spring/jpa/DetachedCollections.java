package dev.writeguard.spring.jpa;

import java.util.Collection;
import java.util.Map;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.ComponentType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * The collections of an instance that another session has read. They believe that their rows are there; for the new row
 * of the instance they are written anew, as far as they were read.
 */
final class DetachedCollections {

    private DetachedCollections() {}

    /** Replaces them by collections of the application's own kind. */
    static void replaceIn(Object instance, EntityPersister persister) {
        @Nullable Object[] values = persister.getValues(instance);
        if (replace(values, persister.getPropertyTypes())) {
            persister.setValues(instance, values);
        }
    }

    private static boolean replace(@Nullable Object[] values, Type[] types) {
        boolean changed = false;
        for (int i = 0; i < types.length; i++) {
            if (types[i] instanceof CollectionType type && values[i] instanceof PersistentCollection<?> read) {
                values[i] = unwrapped(type, read);
                changed = true;
            } else if (values[i] != null && types[i] instanceof ComponentType type && type.isMutable()) {
                @Nullable Object[] inside = type.getPropertyValues(values[i]);
                if (replace(inside, type.getSubtypes())) {
                    type.setPropertyValues(values[i], inside);
                }
            }
        }
        return changed;
    }

    @SuppressWarnings("unchecked") // both are of the kind that the mapping says
    private static Object unwrapped(CollectionType type, PersistentCollection<?> read) {
        Object plain = type.instantiate(-1);
        if (read.wasInitialized()) {
            if (plain instanceof Map<?, ?> map) {
                ((Map<Object, Object>) map).putAll((Map<?, ?>) read);
            } else {
                ((Collection<Object>) plain).addAll((Collection<?>) read);
            }
        }
        return plain;
    }
}
