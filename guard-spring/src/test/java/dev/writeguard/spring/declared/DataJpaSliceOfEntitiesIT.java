package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.context.annotation.Bean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The door is part of Boot's slice for JPA. */
@DataJpaTest
@DirtiesContext
class DataJpaSliceOfEntitiesIT {

    private static final Database DATABASE = Database.create("entities", Reading.SCHEMA);

    @Autowired
    private TestEntityManager entities;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", DATABASE::url);
        registry.add("spring.test.database.replace", () -> "none");
        registry.add("spring.flyway.enabled", () -> "false");
        registry.add("spring.jpa.hibernate.ddl-auto", () -> "none");
    }

    @Test
    void ensuresInTheTransactionOfTheTest() throws SQLException {
        Reading reading =
                entities.persistAndFlush(new Reading(entities.getEntityManager().getReference(Room.class, 7L)));
        assertThat(entities.find(Room.class, 7L)).isSameAs(reading.room);
        assertThat(DATABASE.queryLong("SELECT count(*) FROM rooms")).isZero();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        static PersistenceManagedTypes types() {
            return PersistenceManagedTypes.of(Room.class.getName(), Reading.class.getName());
        }
    }
}
