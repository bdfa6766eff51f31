package dev.writeguard.spring.repository;

import dev.writeguard.spring.rule.StatementText;
import java.util.Optional;

/** Finds what Spring Data finds by the name of a query. */
@FunctionalInterface
public interface NamedTexts {

    /**
     * The query of that name; empty if there is none.
     *
     * @param sql whether the method says that it is SQL
     */
    Optional<StatementText> find(String name, boolean sql);
}
