package dev.writeguard.spring.several;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Observations;
import dev.writeguard.testkit.Database;
import java.sql.SQLException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** Entities that have several parents, or several ways to one. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = SeveralApplication.class)
@EnableJpaRepositories(considerNestedRepositories = true)
class SeveralApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(SeveralApplication.class, database, "guard.unguarded-writes=off");
    }

    /** Deletes all parents, and so all children. */
    static void empty(Database database) throws SQLException {
        database.execute("TRUNCATE topic, bank, batch, tag, coin, animal CASCADE");
    }

    @Bean
    static Observations observations() {
        return new Observations();
    }
}
