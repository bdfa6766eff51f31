package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;

/** What repositories declare is in force before there is any of them. */
@Schema(DoorSchema.SQL)
class BootstrapModesIT {

    private final Database database;
    private final UUID id = UUID.randomUUID();

    BootstrapModesIT(Database database) {
        this.database = database;
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE talks CASCADE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "deferred", "lazy"})
    void enforcesWhatARepositoryDeclaresBeforeItIsUsed(String mode) throws SQLException {
        try (DoorApplication application = start(mode)) {
            assertThat(application.bean(Started.class).repositories == 0)
                    .as("no repository exists yet")
                    .isEqualTo(mode.equals("lazy"));
            application.inTransaction(entities -> entities.persist(new Whisper(new Talk(id, "given"))));
            assertThat(application.bean(Started.class).repositories == 0).isEqualTo(mode.equals("lazy"));
            assertThat(database.queryStrings("SELECT talk_id FROM whispers")).containsExactly(id.toString());
            assertThat(database.queryStrings("SELECT title FROM talks")).containsExactly("given");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "deferred", "lazy"})
    void guardsTheRepositoryItself(String mode) throws SQLException {
        try (DoorApplication application = start(mode)) {
            WhisperRepository whispers = application.bean(WhisperRepository.class);
            UUID other = UUID.randomUUID();
            application.statements().clear();
            whispers.saveAll(List.of(
                    new Whisper(new Talk(id, "one")),
                    new Whisper(new Talk(other, "two")),
                    new Whisper(new Talk(id, "one"))));
            assertThat(application.statements().statements()).containsOnlyOnce("ensure talks");
            whispers.insert(UUID.randomUUID(), "of the call");
            assertThat(database.queryStrings("SELECT title FROM talks ORDER BY 1"))
                    .containsExactly("of the call", "one", "two");
            assertThat(database.queryLong("SELECT count(*) FROM whispers")).isEqualTo(4);
        }
    }

    private DoorApplication start(String mode) {
        return DoorApplication.of(WithStarted.class, database, "spring.data.jpa.repositories.bootstrap-mode=" + mode);
    }

    /** How many repositories have come into being. */
    static final class Started implements BeanPostProcessor {

        private int repositories;

        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof RepositoryFactoryBeanSupport<?, ?, ?>) {
                repositories++;
            }
            return bean;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(DoorApplication.Whole.class)
    static class WithStarted {

        @Bean
        static Started started() {
            return new Started();
        }
    }
}
