package dev.writeguard.spring.jpa;

import dev.writeguard.spring.rule.DeclaredAssociation;
import dev.writeguard.spring.rule.GuardModel;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hibernate.engine.jdbc.mutation.spi.MutationExecutorService;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.jpa.boot.spi.IntegratorProvider;

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
        var executors = new GuardMutationExecutors(settings.get(GuardMutationExecutors.SETTING));
        settings.put(GuardMutationExecutors.SETTING, executors);
        var integrator = new GuardIntegrator(executors, factory -> door(factory, executors, database.get()));
        Object before = settings.get(INTEGRATORS);
        settings.put(INTEGRATORS, (IntegratorProvider) () -> {
            List<Integrator> integrators = new ArrayList<>();
            if (before instanceof IntegratorProvider provider) {
                integrators.addAll(provider.getIntegrators());
            }
            integrators.add(integrator);
            return integrators;
        });
    }

    private static EntityDoor door(
            SessionFactoryImplementor factory, GuardMutationExecutors executors, DoorDatabase database) {
        return database.doorModel()
                .map(model -> door(factory, executors, database, model))
                .orElseGet(EntityDoor::new);
    }

    private static EntityDoor door(
            SessionFactoryImplementor factory,
            GuardMutationExecutors executors,
            DoorDatabase database,
            GuardModel model) {
        return new EntityDoor(factory, model, new DoorMeans(executors, database));
    }

    /** The associations that a factory's entities declare to have an ensured parent. */
    public static List<DeclaredAssociation> declaredIn(EntityManagerFactory factory) {
        return factory instanceof SessionFactoryImplementor hibernate
                ? MappedAssociations.declaredIn(hibernate)
                : List.of();
    }

    /** Whether what is declared there is enforced there. */
    static boolean installedIn(SessionFactoryImplementor factory) {
        return factory.getServiceRegistry().getService(MutationExecutorService.class) instanceof GuardMutationExecutors;
    }
}
