package dev.writeguard.spring.autoconfigure;

import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** Finds Hibernate's multi-tenancy by schema or by database. By discriminator, there is one schema, and all is well. */
final class HibernateTenancy {

    private HibernateTenancy() {}

    /** Why this factory cannot be guarded, if its tenants have schemas or databases of their own. */
    static Optional<String> refusal(EntityManagerFactory factory) {
        if (!(factory instanceof SessionFactoryImplementor hibernate)) {
            return Optional.empty();
        }
        SessionFactoryOptions options = hibernate.getSessionFactoryOptions();
        return options.isMultiTenancyEnabled()
                        || options.getTenantSchemaMapper() != null
                        || options.getTenantCredentialsMapper() != null
                ? Optional.of("Hibernate gives each tenant a schema, a database or a login of its own")
                : Optional.empty();
    }
}
