package dev.writeguard.spring.autoconfigure;

import dev.writeguard.Guard;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.spring.connection.EntityManagerConnections;
import dev.writeguard.spring.jpa.DoorDatabase;
import dev.writeguard.spring.jpa.EntityDeclaration;
import dev.writeguard.spring.jpa.EntityEnsureParent;
import dev.writeguard.spring.jpa.HibernateDoor;
import dev.writeguard.spring.jpa.NamedStatements;
import dev.writeguard.spring.rule.DeclaredAssociation;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.MappedReference;
import dev.writeguard.spring.rule.OwnStatement;
import dev.writeguard.spring.rule.StatementText;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.util.ClassUtils;

/** A database behind an EntityManagerFactory. */
final class EntityManagerFactoryDatabase extends GuardDatabase implements DoorDatabase {

    /** Whether entities may be Hibernate's. */
    static final boolean HIBERNATE = ClassUtils.isPresent(
            "org.hibernate.engine.spi.SessionFactoryImplementor", EntityManagerFactoryDatabase.class.getClassLoader());

    private static final boolean SPRING_DATA = ClassUtils.isPresent(
            "org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport",
            EntityManagerFactoryDatabase.class.getClassLoader());

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

    @Override
    List<DeclaredAssociation> associations() {
        return HIBERNATE && factory() instanceof EntityManagerFactoryInfo info
                ? HibernateDoor.declaredIn(info.getNativeEntityManagerFactory(), this)
                : super.associations();
    }

    @Override
    List<OwnStatement> statements() {
        return SPRING_DATA ? new JpaRepositories(beans()).statements(name(), this::named) : List.of();
    }

    private Optional<StatementText> named(String name, boolean sql) {
        return HIBERNATE && factory() instanceof EntityManagerFactoryInfo info
                ? NamedStatements.find(info.getNativeEntityManagerFactory(), name)
                : Optional.empty();
    }

    @Override
    Map<String, List<String>> entities() {
        return EntityManagerFactoryNames.of(factory());
    }

    @Override
    Set<String> guardedEntities() {
        return SPRING_DATA ? new JpaRepositories(beans()).guardedEntities(name()) : Set.of();
    }

    @Override
    List<MappedReference> references() {
        return HIBERNATE && factory() instanceof EntityManagerFactoryInfo info
                ? HibernateDoor.referencesIn(info.getNativeEntityManagerFactory())
                : List.of();
    }

    EntityEnsureParent entityEnsureParent() {
        return new EntityEnsureParent(this::factory, this);
    }

    @Override
    public SchemaGraph doorGraph() {
        Guard guard = guardBean();
        if (guard == null) {
            throw new IllegalStateException("Guard leaves the database '" + name() + "' alone: "
                    + unavailable().orElse("there is no Guard bean"));
        }
        return guard.graph();
    }

    @Override
    public Optional<GuardModel> doorModel() {
        return Optional.ofNullable(modelBean());
    }

    @Override
    public List<EntityDeclaration> declaredElsewhere() {
        Stream<EntityDeclaration> byRepositories =
                SPRING_DATA ? new JpaRepositories(beans()).declarations(name()).stream() : Stream.empty();
        Stream<EntityDeclaration> inCode =
                entityRules().stream().map(rule -> EntityDeclaration.inCode(rule.entity(), rule.declaration()));
        return Stream.concat(byRepositories, inCode).toList();
    }

    @Override
    public Optional<RuleFault> templateFault(Class<?> type) {
        return new TemplateBeans(beans()).fault(type);
    }

    @Override
    @SuppressWarnings("unchecked") // checked at start-up
    public EntityTemplate<Object, Object> template(Class<?> type) {
        Object bean = beans().getBeanProvider(type).getIfAvailable();
        return (EntityTemplate<Object, Object>) (bean == null ? BeanUtils.instantiateClass(type) : bean);
    }

    private EntityManagerFactory factory() {
        return beans().getBean(name(), EntityManagerFactory.class);
    }
}
