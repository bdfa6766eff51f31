package dev.writeguard.spring.jpa;

import dev.writeguard.event.RetriedEvent;
import dev.writeguard.spring.rule.DeclaredAssociation;
import dev.writeguard.spring.rule.MappedReference;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hibernate.engine.jdbc.mutation.spi.MutationExecutorService;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** Puts Guard into a Hibernate factory, by settings alone, before it is built. */
public final class HibernateDoor {

    private static final String INTEGRATORS = "hibernate.integrator_provider";

    private HibernateDoor() {}

    /**
     * Adds what Guard needs to the settings of a factory. What the application has set there itself keeps working.
     *
     * @param database asked when the first row is written
     */
    public static void install(Map<String, Object> settings, Supplier<DoorDatabase> database) {
        var executors = new GuardMutationExecutors(settings.get(GuardMutationExecutors.SETTING), database);
        settings.put(GuardMutationExecutors.SETTING, executors);
        var integrator = new GuardIntegrator(executors, factory -> door(factory, executors, database));
        settings.put(INTEGRATORS, new GuardIntegrators(settings.get(INTEGRATORS), integrator));
    }

    /** Without a declaration nothing is asked of the database, which Guard may not even know. */
    private static EntityDoor door(
            SessionFactoryImplementor factory, GuardMutationExecutors executors, Supplier<DoorDatabase> databases) {
        DoorDatabase database = databases.get();
        var associations = new MappedAssociations(factory, database.declaredElsewhere());
        if (associations.isEmpty()) {
            return new EntityDoor();
        }
        return database.doorModel()
                .map(model -> new EntityDoor(associations, model, new DoorMeans(executors, database)))
                .orElseGet(EntityDoor::new);
    }

    /**
     * The associations that a factory's entities declare to have an ensured parent.
     *
     * @param database knows the templates that they name
     */
    public static List<DeclaredAssociation> declaredIn(EntityManagerFactory factory, DoorDatabase database) {
        return factory instanceof SessionFactoryImplementor hibernate
                ? MappedAssociations.declaredIn(hibernate, database)
                : List.of();
    }

    /** The references of a factory's entities that a column keeps, with or without a rule. */
    public static List<MappedReference> referencesIn(EntityManagerFactory factory) {
        return factory instanceof SessionFactoryImplementor hibernate ? MappedReferences.of(hibernate) : List.of();
    }

    /** Whether a call has to have its parents ensured at this moment. */
    public static boolean enforces(EntityManagerFactory factory, RepositoryCall call) {
        return factory.unwrap(SessionFactoryImplementor.class)
                                .getServiceRegistry()
                                .getService(MutationExecutorService.class)
                        instanceof GuardMutationExecutors executors
                && executors.door().enforces(call);
    }

    /** Tells whoever listens to the database of a factory that a transaction on it is run again. */
    public static void retried(EntityManagerFactory factory, RetriedEvent event) {
        SessionFactoryImplementor hibernate = factory.unwrap(SessionFactoryImplementor.class);
        if (hibernate.getServiceRegistry().getService(MutationExecutorService.class)
                instanceof GuardMutationExecutors executors) {
            executors.database().retried(event);
        }
    }

    /** Whether what is declared there is enforced there. */
    static boolean installedIn(SessionFactoryImplementor factory) {
        return factory.getServiceRegistry().getService(MutationExecutorService.class) instanceof GuardMutationExecutors;
    }
}
