package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.actuate.GuardEndpoint;
import dev.writeguard.spring.rule.GuardModes;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@code /actuator/guard}, where the actuator is on the class path and the endpoint is exposed.
 *
 * @since 0.1
 */
@AutoConfiguration(after = GuardAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public final class GuardActuatorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(GuardEndpoint.class)
    GuardEndpoint guardEndpoint(ListableBeanFactory beans, GuardModes modes) {
        return new GuardEndpoint(() -> new DatabaseDescriptions(modes).of(GuardedDatabase.all(beans)));
    }
}
