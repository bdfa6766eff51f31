package dev.writeguard.spring.repository;

import dev.writeguard.annotation.Guarded;
import jakarta.persistence.EntityManager;
import java.util.function.Supplier;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.domain.DomainEvents;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.data.repository.core.support.RepositoryProxyPostProcessor;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.util.ReflectionUtils.MethodFilter;

/** Puts two advices around the methods of a guarded repository: one outside its transaction, one inside. */
public final class JpaRepositoryDoor implements RepositoryProxyPostProcessor {

    private final Supplier<EntityManager> entityManager;

    /**
     * @param entityManager the one that the repository works with, asked for at its first call
     */
    public JpaRepositoryDoor(Supplier<EntityManager> entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public void postProcess(ProxyFactory repository, RepositoryInformation information) {
        Guarded guarded =
                AnnotatedElementUtils.findMergedAnnotation(information.getRepositoryInterface(), Guarded.class);
        if (guarded != null) {
            repository.addAdvice(
                    0,
                    new JpaOutsideTransaction(
                            publishes(information.getDomainType()) ? 0 : guarded.maxRetries(),
                            information.getDomainType().getSimpleName(),
                            entityManager));
            repository.addAdvice(
                    withinTransaction(repository),
                    new JpaInsideTransaction(
                            information.getRepositoryInterface(),
                            entityManager,
                            RepositoryAnnotations.declaringMethods(information.getRepositoryInterface())));
        }
    }

    /** Before other advices there, which would take a refusal that is returned for a success: one publishes domain events. */
    private static int withinTransaction(ProxyFactory repository) {
        Advisor[] advisors = repository.getAdvisors();
        for (int i = 0; i < advisors.length; i++) {
            if (advisors[i].getAdvice() instanceof TransactionInterceptor) {
                return i + 1;
            }
        }
        return advisors.length;
    }

    /** Whether a save takes events out of an aggregate, which a second run would be stored without. */
    private static boolean publishes(Class<?> entity) {
        return !MethodIntrospector.selectMethods(entity, (MethodFilter)
                        method -> AnnotatedElementUtils.hasAnnotation(method, DomainEvents.class))
                .isEmpty();
    }
}
