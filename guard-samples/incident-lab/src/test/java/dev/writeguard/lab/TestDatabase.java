package dev.writeguard.lab;

import dev.writeguard.testkit.Database;
import java.sql.SQLException;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** Gives the lab a database of the tests' server instead of a server of its own. */
public final class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Database database = Database.create("lab", "");
        TestPropertyValues.of("spring.datasource.url=" + database.url()).applyTo(context);
        context.addApplicationListener((ContextClosedEvent closed) -> {
            try {
                database.close();
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot drop the lab's database", e);
            }
        });
    }
}
