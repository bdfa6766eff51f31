package dev.writeguard.spring.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.spring.autoconfigure.GuardAutoConfiguration;
import dev.writeguard.spring.autoconfigure.GuardHibernateAutoConfiguration;
import dev.writeguard.spring.autoconfigure.GuardJpaAutoConfiguration;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.context.spi.TenantSchemaMapper;
import org.hibernate.engine.jdbc.connections.spi.AbstractDataSourceBasedMultiTenantConnectionProviderImpl;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** A schema or database for each tenant is refused, a column in each table is not. */
@Schema("""
        CREATE TABLE documents (id int PRIMARY KEY, tenant text);
        CREATE TABLE pages (id int PRIMARY KEY, tenant text, document_id int REFERENCES documents);
        CREATE INDEX ON pages (document_id);
        """)
class MultiTenancyIT {

    private static final CurrentTenantIdentifierResolver<String> RESOLVER = new CurrentTenantIdentifierResolver<>() {
        @Override
        public String resolveCurrentTenantIdentifier() {
            return "one";
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }
    };

    private final Database database;
    private final DataSource dataSource;

    MultiTenancyIT(Database database) {
        this.database = database;
        this.dataSource = database.dataSource();
    }

    /** What becomes of rows of several tenants, {@code CachedTenantIT} shows. */
    @Test
    void writesForTenantsByDiscriminator() throws SQLException {
        withSettings(Map.of(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, RESOLVER))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(Guard.class);
                    context.getBean(EntityManagerFactory.class).runInTransaction(entities -> {
                        var page = new Page();
                        page.document = new Document();
                        entities.persist(page);
                    });
                });
        assertThat(database.queryStrings(
                        "SELECT d.tenant || p.tenant FROM pages p JOIN documents d ON d.id = p.document_id"))
                .containsExactly("oneone");
    }

    @Test
    void refusesTenantsByDatabase() {
        withSettings(Map.of(
                        MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER,
                        RESOLVER,
                        MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER,
                        new OneForAll(dataSource)))
                .run(context -> refused(context.getStartupFailure()));
    }

    @Test
    void refusesTenantsBySchema() {
        TenantSchemaMapper<String> mapper = tenant -> "public";
        withSettings(Map.of(
                        MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER,
                        RESOLVER,
                        MultiTenancySettings.MULTI_TENANT_SCHEMA_MAPPER,
                        mapper))
                .run(context -> refused(context.getStartupFailure()));
    }

    private static void refused(Throwable failure) {
        assertThat(failure)
                .rootCause()
                .isInstanceOfSatisfying(
                        GuardException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.DATABASE_UNSUPPORTED))
                .hasMessageContaining("'entityManagerFactory'")
                .hasMessageContaining("each tenant a schema, a database or a login");
    }

    private ApplicationContextRunner withSettings(Map<String, Object> settings) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        GuardAutoConfiguration.class,
                        GuardJpaAutoConfiguration.class,
                        GuardHibernateAutoConfiguration.class))
                .withBean("entityManagerFactory", LocalContainerEntityManagerFactoryBean.class, () -> {
                    var factory = new LocalContainerEntityManagerFactoryBean();
                    factory.setDataSource(dataSource);
                    factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
                    factory.setPackagesToScan(Document.class.getPackageName());
                    factory.setJpaPropertyMap(settings);
                    return factory;
                });
    }

    private static final class OneForAll extends AbstractDataSourceBasedMultiTenantConnectionProviderImpl<String> {

        private static final long serialVersionUID = 1;

        private final transient DataSource dataSource;

        OneForAll(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        protected DataSource selectAnyDataSource() {
            return dataSource;
        }

        @Override
        protected DataSource selectDataSource(String tenant) {
            return dataSource;
        }
    }
}
