package dev.writeguard.spring.autoconfigure;

import dev.writeguard.Guard;
import dev.writeguard.spring.rule.GuardModel;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Says why there is no Guard to inject although it is defined: its database is none that Guard works on. */
final class MissingGuardFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException>
        implements Ordered {

    private static final Set<Class<?>> MISSING = Set.of(Guard.class, GuardModel.class);

    private final @Nullable BeanFactory beans;

    MissingGuardFailureAnalyzer(@Nullable BeanFactory beans) {
        this.beans = beans;
    }

    /** Before Boot's own, which would advise to define the bean. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /** By definitions only: the beans of a context that failed are gone. */
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        Class<?> type = cause.getBeanType();
        if (type == null
                || !MISSING.contains(type)
                || cause instanceof NoUniqueBeanDefinitionException
                || !(beans instanceof ListableBeanFactory factory)
                || factory.getBeanNamesForType(GuardDatabase.class, true, false).length == 0) {
            return null;
        }
        return new FailureAnalysis(
                Objects.requireNonNull(cause.getMessage())
                        + "\n\nGuard leaves the database alone, as it said above with the reason.",
                "Run the application on PostgreSQL 14 or newer, also in tests, or inject an ObjectProvider<"
                        + type.getSimpleName() + "> where Guard may be missing.",
                cause);
    }
}
