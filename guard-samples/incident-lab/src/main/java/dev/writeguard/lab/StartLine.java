package dev.writeguard.lab;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where to look, as the last thing of the start. */
@Component
@ConditionalOnWebApplication
final class StartLine {

    private static final Logger LOG = LoggerFactory.getLogger(StartLine.class);

    @EventListener
    void ready(ApplicationReadyEvent event) {
        String port = event.getApplicationContext().getEnvironment().getRequiredProperty("local.server.port");
        LOG.info("The incident lab is open: http://localhost:{}", port);
    }
}
