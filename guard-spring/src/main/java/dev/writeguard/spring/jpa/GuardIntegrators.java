package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.jpa.boot.spi.IntegratorProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.util.ClassUtils;

/**
 * Guard's integrator after those of the application, for which Hibernate has one setting only.
 *
 * @param configured the application's own setting: an instance, a class or the name of one; null if there is none
 * @param own Guard's
 */
record GuardIntegrators(@Nullable Object configured, Integrator own) implements IntegratorProvider {

    @Override
    public List<Integrator> getIntegrators() {
        List<Integrator> integrators = new ArrayList<>();
        if (configured != null) {
            integrators.addAll(provider(configured).getIntegrators());
        }
        integrators.add(own);
        return integrators;
    }

    private static IntegratorProvider provider(Object setting) {
        if (setting instanceof IntegratorProvider provider) {
            return provider;
        }
        Class<?> type = setting instanceof Class<?> given
                ? given
                : ClassUtils.resolveClassName(setting.toString(), ClassUtils.getDefaultClassLoader());
        return (IntegratorProvider) BeanUtils.instantiateClass(type);
    }
}
