package dev.writeguard.spring.rule;

import java.util.Optional;

/**
 * Declares rules by the names of tables and columns. As a bean it is asked once the database is migrated; the rules are
 * compiled and checked together, and found in the {@link GuardModel}.
 *
 * <pre>{@code
 * @Bean
 * GuardRules chatRules() {
 *     return rules -> rules.parent("conversations", rule -> rule.match("owner_id"))
 *             .child("messages", "conversations", rule -> rule.onceBy("id"));
 * }
 * }</pre>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface GuardRules {

    /** Adds the rules. */
    void declare(RuleDeclarations rules);

    /**
     * The database that the rules are for: the bean name of its {@code EntityManagerFactory}, or of its
     * {@code DataSource} where that is without JPA. Empty for the only one, or the primary one.
     */
    default Optional<String> database() {
        return Optional.empty();
    }

    /** The same rules for the database of that name. */
    static GuardRules on(String database, GuardRules rules) {
        return new GuardRules() {
            @Override
            public void declare(RuleDeclarations declarations) {
                rules.declare(declarations);
            }

            @Override
            public Optional<String> database() {
                return Optional.of(database);
            }
        };
    }
}
