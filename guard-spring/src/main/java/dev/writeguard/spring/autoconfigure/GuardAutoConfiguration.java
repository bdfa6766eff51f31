package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.event.GuardEventPublisher;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.violation.GuardExceptionTranslator;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * What Guard needs once, however many databases there are.
 *
 * @since 0.1
 */
@AutoConfiguration
@EnableConfigurationProperties(GuardProperties.class)
public final class GuardAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GuardModes guardModes(GuardProperties properties) {
        return new GuardModes(properties.mode(), properties.modes());
    }

    @Bean
    @ConditionalOnMissingBean
    GuardExceptionTranslator guardExceptionTranslator() {
        return new GuardExceptionTranslator();
    }

    @Bean
    @ConditionalOnMissingBean
    GuardEventPublisher guardEventPublisher(ApplicationEventPublisher publisher) {
        return new GuardEventPublisher(publisher);
    }

    @Bean
    GuardStartup guardStartup(ListableBeanFactory beans, GuardProperties properties, GuardModes modes) {
        return new GuardStartup(beans, properties.startupCheck(), properties.unguardedWrites(), modes);
    }
}
