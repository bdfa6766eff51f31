package dev.writeguard.spring.autoconfigure;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.metrics.GuardMeterListener;
import dev.writeguard.spring.rule.GuardModel;
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
    GuardMeterListener guardMeterListener(MeterRegistry registry) {
        return new GuardMeterListener(registry);
    }

    @Bean
    SmartInitializingSingleton guardMetersAtZero(GuardMeterListener meters, ListableBeanFactory beans) {
        return () -> {
            for (GuardModel model : beans.getBeansOfType(GuardModel.class).values()) {
                model.parents().forEach(meters::expect);
                model.children().forEach(meters::expect);
            }
            beans.getBeansOfType(ParentRule.class).values().forEach(meters::expect);
            beans.getBeansOfType(ChildRule.class).values().forEach(meters::expect);
        };
    }
}
