package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.metrics.GuardMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Guard's meters, where there is a registry.
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = GuardAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class GuardMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GuardMeters guardMeters(MeterRegistry registry) {
        return new GuardMeters(registry);
    }

    @Bean
    SmartInitializingSingleton guardMetersAtZero(GuardMeters meters, ListableBeanFactory beans) {
        return () -> GuardedDatabase.all(beans).forEach(database -> {
            database.parents().forEach(rule -> meters.expect(database.name(), rule));
            database.children().forEach(rule -> meters.expect(database.name(), rule));
        });
    }
}
