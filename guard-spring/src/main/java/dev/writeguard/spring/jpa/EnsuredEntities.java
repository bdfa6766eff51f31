package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.spring.rule.RuleFaults;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Hibernate;
import org.hibernate.engine.jdbc.mutation.spi.MutationExecutorService;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotationUtils;

/** Ensures entities that code gives by themselves. Their rules are compiled when they are first asked for. */
final class EnsuredEntities {

    private static final EnsuredParent KEEP = AnnotationUtils.synthesizeAnnotation(EnsuredParent.class);

    private final DoorDatabase database;
    private final Map<String, ParentDoor> doors = new ConcurrentHashMap<>();

    EnsuredEntities(DoorDatabase database) {
        this.database = database;
    }

    <T> List<T> ensureAll(List<? extends T> parents, EntityManager entityManager) {
        EventSource session = session(entityManager);
        return parents.isEmpty()
                ? List.of()
                : ensureAll(door(persister(parents.get(0), session), session), parents, session);
    }

    <T> List<T> ensureAll(Class<?> child, String attribute, List<? extends T> parents, EntityManager entityManager) {
        EventSource session = session(entityManager);
        EntityPersister persister = session.getFactory().getMappingMetamodel().getEntityDescriptor(child);
        ParentDoor declared = executors(session)
                .door()
                .parentOf(persister.getEntityName(), attribute)
                .filter(ParentDoor::creates)
                .orElseThrow(
                        () -> new IllegalArgumentException("No @EnsuredParent by which a parent is created is in force"
                                + " on " + persister.getImportedName() + "." + attribute));
        return ensureAll(declared.forEntities(), parents, session);
    }

    <T> Optional<T> lock(Class<T> entity, Object id, EntityManager entityManager) {
        EventSource session = session(entityManager);
        RuledParent parent = door(session.getFactory().getMappingMetamodel().getEntityDescriptor(entity), session)
                .parent();
        if (!parent.ensureParent(session).enforces(parent.rules().byReference(), "lock", 1)) {
            return Optional.ofNullable(entityManager.find(entity, id));
        }
        return parent.lock(id, session) ? Optional.of(entityManager.getReference(entity, id)) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // of the same entity as what was given
    private static <T> List<T> ensureAll(ParentDoor door, List<? extends T> parents, EventSource session) {
        parents.forEach(parent -> requireOf(door.parent().entity(), parent));
        if (!door.parent().enforces(parents.size(), session)) {
            return parents.stream()
                    .map(parent -> (T) foundOrPersisted(parent, session))
                    .toList();
        }
        List<GivenParent> given = new ArrayList<>();
        parents.forEach(parent -> given.add(new GivenParent(parent)));
        GatheredParents gathered = GatheredParents.of(session);
        gathered.add(door, given, session);
        gathered.ensure();
        boolean ofOneClass = !door.parent().entity().hasSubclasses();
        return given.stream()
                .map(GivenParent::instance)
                // Of which class the row is, a reference does not know.
                .map(parent -> (T) (ofOneClass ? parent : Hibernate.unproxy(parent)))
                .toList();
    }

    private static void requireOf(EntityPersister entity, Object parent) {
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(parent);
        Class<?> given = proxy == null ? parent.getClass() : proxy.getPersistentClass();
        if (!entity.getMappedClass().isAssignableFrom(given)) {
            throw new IllegalArgumentException("A " + given.getSimpleName() + " is no " + entity.getImportedName()
                    + ", which the parent has to be");
        }
    }

    private static Object foundOrPersisted(Object parent, EventSource session) {
        if (HibernateProxy.extractLazyInitializer(parent) != null || session.contains(parent)) {
            return parent;
        }
        EntityPersister persister = session.getEntityPersister(null, parent);
        Object id = id(parent, persister, session);
        Object found = id == null ? null : session.find(persister.getMappedClass(), id);
        if (found != null) {
            return found;
        }
        session.persist(parent);
        return parent;
    }

    private static @Nullable Object id(Object parent, EntityPersister persister, EventSource session) {
        NaturalIdMapping naturalId = persister.getNaturalIdMapping();
        return naturalId == null || AssignedIds.of(persister)
                ? persister.getIdentifier(parent, session)
                : persister
                        .getNaturalIdLoader()
                        .resolveNaturalIdToId(naturalId.extractNaturalIdFromEntity(parent), session);
    }

    private ParentDoor door(EntityPersister persister, EventSource session) {
        EntityPersister ensured = persister instanceof UnionSubclassEntityPersister
                ? persister
                : session.getFactory().getMappingMetamodel().getEntityDescriptor(persister.getRootEntityName());
        return doors.computeIfAbsent(ensured.getEntityName(), first -> {
            ParentTerms terms = ParentTerms.of(ensured, KEEP);
            return new ParentDoor(
                    new EnsuredEntity(ensured, KEEP),
                    new RuledParent(
                            terms,
                            rules(terms),
                            new DoorMeans(executors(session), database),
                            executors(session).door()));
        });
    }

    private static EntityPersister persister(Object parent, EventSource session) {
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(parent);
        return proxy == null
                ? session.getEntityPersister(null, parent)
                : session.getFactory().getMappingMetamodel().getEntityDescriptor(proxy.getEntityName());
    }

    private ParentRules rules(ParentTerms terms) {
        EntityPersister entity = terms.parent();
        List<RuleFault> faults = new InsertCheck(entity).faults();
        if (!faults.isEmpty()) {
            throw new InvalidRulesException(List.of(new RuleFaults("entity " + entity.getImportedName(), faults)));
        }
        return terms.byKey(database.doorGraph(), ParentTerms.names(entity.getIdentifierMapping()));
    }

    private static EventSource session(EntityManager entityManager) {
        if (entityManager.unwrap(SessionImplementor.class) instanceof EventSource session) {
            return session;
        }
        throw new IllegalStateException("The EntityManager is none of Hibernate's");
    }

    private static GuardMutationExecutors executors(EventSource session) {
        SessionFactoryImplementor factory = session.getFactory();
        if (factory.getServiceRegistry().getService(MutationExecutorService.class)
                instanceof GuardMutationExecutors executors) {
            return executors;
        }
        throw new IllegalStateException("The EntityManagerFactory writes past Guard: let one of Spring's factory beans"
                + " build it, with Guard's auto-configuration");
    }
}
