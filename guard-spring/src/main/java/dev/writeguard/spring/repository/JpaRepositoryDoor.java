package dev.writeguard.spring.repository;

import dev.writeguard.annotation.Guarded;
import jakarta.persistence.EntityManager;
import java.util.function.Supplier;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.data.repository.core.support.RepositoryProxyPostProcessor;

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
                            guarded, information.getDomainType().getSimpleName(), entityManager));
            repository.addAdvice(new JpaInsideTransaction(
                    information.getRepositoryInterface(),
                    entityManager,
                    RepositoryAnnotations.declaringMethods(information.getRepositoryInterface())));
        }
    }
}
