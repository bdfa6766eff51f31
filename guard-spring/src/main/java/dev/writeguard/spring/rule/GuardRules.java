package dev.writeguard.spring.rule;

import dev.writeguard.schema.SchemaGraph;
import java.util.List;
import java.util.Optional;

/**
 * Declares rules in code: of tables and columns by their names, of entities by their attributes. As a bean it is asked
 * once the database is migrated, and may be asked several times. The rules are compiled and checked together, and found
 * in the {@link GuardModel}.
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

    /** What several declare of entities. */
    static List<EntityRule> ofEntities(SchemaGraph graph, List<GuardRules> rules) {
        return List.copyOf(RuleDeclarations.of(graph, rules).entities());
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
