package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.jspecify.annotations.Nullable;

/** The collection of one entity: a list, a set, or the values of a map. For one thread. */
final class OwnedCollection {

    private final AttributePath path;
    private final Object owner;
    private final @Nullable Object given;
    private @Nullable Object copy;

    OwnedCollection(AttributePath path, Object owner) {
        this.path = path;
        this.owner = owner;
        this.given = path.get(owner);
    }

    Object owner() {
        return owner;
    }

    /** All of them; none of a collection that has not been read, to which nothing can have been added therefore. */
    List<CollectionElement> all() {
        boolean unread = given instanceof PersistentCollection<?> persistent && !persistent.wasInitialized();
        return given == null || unread ? List.of() : elements(values(given));
    }

    /** Those for which a flush writes rows: the others were there when the collection was read or flushed. */
    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    List<CollectionElement> written() {
        if (!(given instanceof PersistentCollection<?> persistent)
                || persistent.getStoredSnapshot() == null
                || persistent.getOwner() != owner) {
            return all();
        }
        if (!persistent.isDirty()) {
            return List.of();
        }
        var mapped = (PluralAttributeMapping) path.attribute();
        return persistent.needsRecreate(mapped.getCollectionDescriptor()) ? all() : written(persistent, mapped);
    }

    /** An element that was not there, or whose row Hibernate writes again, as in a list in which others have moved. */
    private List<CollectionElement> written(PersistentCollection<?> persistent, PluralAttributeMapping mapped) {
        Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(values(Objects.requireNonNull(persistent.getStoredSnapshot())));
        List<Object> written = new ArrayList<>();
        int position = 0;
        for (Iterator<?> entries = persistent.entries(mapped.getCollectionDescriptor());
                entries.hasNext();
                position++) {
            Object entry = entries.next();
            Object element = entry == null ? null : persistent.getElement(entry);
            // Of what is not managed Hibernate cannot tell.
            if (element != null
                    && (!known.contains(element)
                            || persistent.includeInInsert(entry, position, persistent, mapped)
                            || persistent.needsUpdating(entry, position, mapped))) {
                written.add(element);
            }
        }
        return elements(written);
    }

    /** Puts another instance into the place of one; a collection that the application has made is left as it is. */
    @SuppressWarnings("unchecked") // elements are entities, and a collection of them takes them
    void replace(Object value, Object other) {
        Object changed = changeable();
        if (changed instanceof Map<?, ?> map) {
            replaceValue((Map<Object, Object>) map, value, other);
        } else if (changed instanceof List<?> list) {
            replaceAt((List<Object>) list, value, other);
        } else {
            replaceIn((Collection<Object>) changed, value, other);
        }
    }

    /** Hibernate's own, or a copy of the one that was given, which may not let itself be changed. */
    private Object changeable() {
        if (given instanceof PersistentCollection<?> persistent) {
            return persistent;
        }
        Object changed = copy;
        if (changed == null) {
            changed = copied(Objects.requireNonNull(given));
            copy = changed;
            path.set(owner, changed);
        }
        return changed;
    }

    @SuppressWarnings("unchecked") // the mapping says of what it is
    private Object copied(Object original) {
        var mapped = (PluralAttributeMapping) path.attribute();
        Object raw = mapped.getMappedType()
                .getCollectionSemantics()
                .instantiateRaw(values(original).size(), mapped.getCollectionDescriptor());
        if (original instanceof Map<?, ?> map) {
            ((Map<Object, Object>) raw).putAll(map);
        } else {
            ((Collection<Object>) raw).addAll((Collection<?>) original);
        }
        return raw;
    }

    /** Takes such a replacement back. A copy was made for all of them together, and is no longer needed. */
    void restore(Object value, Object other) {
        if (copy == null) {
            replace(value, other);
        } else {
            path.set(owner, Objects.requireNonNull(given));
        }
    }

    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    private static void replaceValue(Map<Object, Object> map, Object value, Object other) {
        map.entrySet().stream()
                .filter(entry -> entry.getValue() == value)
                .findFirst()
                .ifPresent(entry -> entry.setValue(other));
    }

    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    private static void replaceAt(List<Object> list, Object value, Object other) {
        for (ListIterator<Object> each = list.listIterator(); each.hasNext(); ) {
            if (each.next() == value) {
                each.set(other);
                return;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    private static void replaceIn(Collection<Object> collection, Object value, Object other) {
        collection.removeIf(element -> element == value);
        collection.add(other);
    }

    private List<CollectionElement> elements(Collection<?> values) {
        return values.stream()
                .filter(Objects::nonNull)
                .map(value -> new CollectionElement(this, value))
                .toList();
    }

    /** Of a collection, or of what Hibernate keeps of it to compare with. */
    private static Collection<?> values(Object collection) {
        return collection instanceof Map<?, ?> map ? map.values() : (Collection<?>) collection;
    }
}
