package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A factory that none of Spring's factory beans has built: Guard is not in it, and the start says so. */
@Schema(Reading.SCHEMA)
class HandMadeFactoryIT {

    private final Database database;

    HandMadeFactoryIT(Database database) {
        this.database = database;
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE rooms, readings");
    }

    @Test
    void failsTheStartAlsoWithoutDeclarations() {
        context(Room.class)
                .run(context -> assertThat(
                                Contexts.analyzed(context.getStartupFailure()).getDescription())
                        .contains("its EntityManagerFactory is none of Spring's"));
    }

    @Test
    void isLeftAloneIfItIsExcluded() {
        context(Room.class, Reading.class)
                .withPropertyValues("guard.exclude=entityManagerFactory")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
                    assertThatThrownBy(() -> factory.runInTransaction(
                                    entities -> entities.persist(new Reading(entities.getReference(Room.class, 7L)))))
                            .rootCause()
                            .isInstanceOfSatisfying(
                                    SQLException.class,
                                    failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
                });
    }

    private ApplicationContextRunner context(Class<?>... entities) {
        return Contexts.bare()
                .withBean(DataSource.class, database::dataSource)
                .withBean("entityManagerFactory", EntityManagerFactory.class, () -> {
                    var configuration = new Configuration().setProperty("hibernate.connection.url", database.url());
                    for (Class<?> entity : entities) {
                        configuration.addAnnotatedClass(entity);
                    }
                    return configuration.buildSessionFactory();
                });
    }
}
