package dev.writeguard.spring.jpa;

import dev.writeguard.spring.rule.StatementText;
import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.named.NamedObjectRepository;
import org.hibernate.query.sql.spi.NamedNativeQueryMemento;
import org.hibernate.query.sqm.spi.NamedSqmQueryMemento;
import org.jspecify.annotations.Nullable;

/** The named queries of a factory, by annotations or {@code orm.xml}. */
public final class NamedStatements {

    private NamedStatements() {}

    /** The one of that name; empty if there is none, and for one that is no text. */
    public static Optional<StatementText> find(EntityManagerFactory factory, String name) {
        if (!(factory instanceof SessionFactoryImplementor hibernate)) {
            return Optional.empty();
        }
        NamedObjectRepository queries = hibernate.getQueryEngine().getNamedObjectRepository();
        NamedSqmQueryMemento<?> ofEntities = queries.getSqmQueryMemento(name);
        NamedNativeQueryMemento<?> ofSql = queries.getNativeQueryMemento(name);
        return ofEntities == null
                ? text(ofSql == null ? null : ofSql.getSqlString(), true)
                : text(ofEntities.getHqlString(), false);
    }

    private static Optional<StatementText> text(@Nullable String text, boolean sql) {
        return Optional.ofNullable(text).map(found -> new StatementText(found, sql));
    }
}
