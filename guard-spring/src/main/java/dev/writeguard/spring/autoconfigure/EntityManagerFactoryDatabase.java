package dev.writeguard.spring.autoconfigure;

import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.spring.connection.EntityManagerConnections;
import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.util.ClassUtils;

/** A database behind an EntityManagerFactory. */
final class EntityManagerFactoryDatabase extends GuardDatabase {

    private static final boolean HIBERNATE = ClassUtils.isPresent(
            "org.hibernate.engine.spi.SessionFactoryImplementor", EntityManagerFactoryDatabase.class.getClassLoader());

    EntityManagerFactoryDatabase(
            String name, String guardName, String modelName, boolean primary, ListableBeanFactory beans) {
        super(name, guardName, modelName, primary, beans);
    }

    @Override
    Optional<DataSource> dataSource() {
        return factory() instanceof EntityManagerFactoryInfo info
                ? Optional.ofNullable(info.getDataSource())
                : Optional.empty();
    }

    /** Asks the factory itself, and so waits for one that starts in the background: ddl-auto is a migration too. */
    @Override
    Optional<String> refusal() {
        EntityManagerFactory factory = factory();
        if (!(factory instanceof EntityManagerFactoryInfo info)
                || info.getDataSource() == null
                || info.getJpaDialect() == null) {
            return Optional.of("its EntityManagerFactory is none of Spring's with a DataSource and a JpaDialect");
        }
        return RoutingDataSources.refusal(info.getDataSource())
                .or(() ->
                        HIBERNATE ? HibernateTenancy.refusal(info.getNativeEntityManagerFactory()) : Optional.empty());
    }

    @Override
    boolean covered() {
        return false;
    }

    @Override
    ConnectionSource openConnections() {
        return new EntityManagerConnections(factory());
    }

    private EntityManagerFactory factory() {
        return beans().getBean(name(), EntityManagerFactory.class);
    }
}
