package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.jdbc.mutation.MutationExecutor;
import org.hibernate.engine.jdbc.mutation.internal.StandardMutationExecutorService;
import org.hibernate.engine.jdbc.mutation.spi.BatchKeyAccess;
import org.hibernate.engine.jdbc.mutation.spi.MutationExecutorService;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.jpa.boot.spi.IntegratorProvider;
import org.hibernate.service.spi.Configurable;
import org.hibernate.sql.model.MutationOperationGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;

/** What the application has put into Hibernate's single settings works beside Guard. */
@Schema(Reading.SCHEMA)
class OwnServicesIT {

    private static final AtomicInteger EXECUTORS = new AtomicInteger();
    private static final AtomicInteger INTEGRATIONS = new AtomicInteger();

    private final Database database;
    private final ApplicationContextRunner contexts;

    OwnServicesIT(Database database) {
        this.database = database;
        this.contexts = Applications.of(database, Room.class, Reading.class);
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE rooms, readings");
        EXECUTORS.set(0);
        INTEGRATIONS.set(0);
    }

    static Stream<Object> executors() {
        return Stream.of(new CountingExecutors(), CountingExecutors.class, CountingExecutors.class.getName());
    }

    @ParameterizedTest
    @MethodSource("executors")
    void writesThroughTheApplicationsMutationExecutors(Object setting) {
        with("hibernate.jdbc.mutation.executor", setting).run(context -> {
            Applications.inTransaction(context, entities -> entities.persist(new Reading(new Room(7))));
            assertThat(EXECUTORS).as("executors for the child's row").hasValue(1);
            assertThat(database.queryLong("SELECT count(*) FROM rooms")).isEqualTo(1);
        });
    }

    static Stream<Object> integrators() {
        return Stream.of(new CountingIntegrators(), CountingIntegrators.class, CountingIntegrators.class.getName());
    }

    @ParameterizedTest
    @MethodSource("integrators")
    void integratesWhatTheApplicationProvides(Object setting) {
        with("hibernate.integrator_provider", setting).run(context -> {
            Applications.inTransaction(context, entities -> entities.persist(new Reading(new Room(7))));
            assertThat(INTEGRATIONS).hasValue(1);
            assertThat(database.queryLong("SELECT count(*) FROM rooms")).isEqualTo(1);
        });
    }

    @Test
    void translatesByTheApplicationsDialect() {
        contexts.withBean(OwnDialect.class).run(context -> {
            Applications.inTransaction(context, entities -> entities.persist(new Reading(new Room(7))));
            assertThat(database.queryLong("SELECT count(*) FROM rooms")).isEqualTo(1);
            assertThatThrownBy(() -> Applications.inTransaction(context, entities -> {
                        entities.persist(new Room(7));
                    }))
                    .isInstanceOf(InvalidDataAccessResourceUsageException.class)
                    .hasMessage("translated by the application");
        });
    }

    private ApplicationContextRunner with(String setting, Object value) {
        return contexts.withBean(
                HibernatePropertiesCustomizer.class, () -> properties -> properties.put(setting, value));
    }

    /** Hibernate's own, counted. */
    public static final class CountingExecutors implements MutationExecutorService, Configurable {

        private MutationExecutorService delegate = new StandardMutationExecutorService(new HashMap<>());

        @Override
        public void configure(Map<String, Object> settings) {
            delegate = new StandardMutationExecutorService(settings);
        }

        @Override
        public MutationExecutor createExecutor(
                BatchKeyAccess key, MutationOperationGroup group, SharedSessionContractImplementor session) {
            EXECUTORS.incrementAndGet();
            return delegate.createExecutor(key, group, session);
        }
    }

    /** One that counts. */
    public static final class CountingIntegrators implements IntegratorProvider {

        @Override
        public List<Integrator> getIntegrators() {
            return List.of(new Integrator() {
                @Override
                public void integrate(
                        Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
                    INTEGRATIONS.incrementAndGet();
                }
            });
        }
    }

    /** Sets a dialect of its own before Guard looks for one. */
    static final class OwnDialect implements BeanPostProcessor, Ordered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof AbstractEntityManagerFactoryBean factory) {
                factory.setJpaDialect(new HibernateJpaDialect() {
                    @Override
                    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException failure) {
                        return new InvalidDataAccessResourceUsageException("translated by the application", failure);
                    }
                });
            }
            return bean;
        }
    }
}
