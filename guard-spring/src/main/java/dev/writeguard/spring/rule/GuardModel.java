package dev.writeguard.spring.rule;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.SchemaGraph;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The declared rules of one database, compiled against its catalog, by name.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1
 */
public final class GuardModel {

    private final Map<String, ParentRule> parents;
    private final Map<String, ChildRule> children;
    private final Map<String, AssociationRule> associations;
    private final List<RuleFaults> faults;

    GuardModel(
            Map<String, ParentRule> parents,
            Map<String, ChildRule> children,
            Map<String, AssociationRule> associations,
            List<RuleFaults> faults) {
        this.parents = Collections.unmodifiableMap(parents);
        this.children = Collections.unmodifiableMap(children);
        this.associations = Collections.unmodifiableMap(associations);
        this.faults = List.copyOf(faults);
    }

    /** Compiles all rules. A rule with faults is left out, and listed with them. */
    public static GuardModel compile(SchemaGraph graph, List<GuardRules> rules) {
        return compile(graph, rules, List.of());
    }

    /**
     * Compiles all rules, with those of entities.
     *
     * @param associations as the mapping of one {@code EntityManagerFactory} declares them
     */
    public static GuardModel compile(
            SchemaGraph graph, List<GuardRules> rules, List<DeclaredAssociation> associations) {
        return new ModelCompiler(graph).compile(RuleDeclarations.of(graph, rules), associations);
    }

    /**
     * The parent rule of that name.
     *
     * @throws InvalidRulesException with the faults of all rules, if this is one of the faulty ones
     * @throws IllegalArgumentException if none of that name was declared
     */
    public ParentRule parent(String name) {
        return found(parents, name, ModelCompiler.parent(name));
    }

    /**
     * The child rule of that name.
     *
     * @throws InvalidRulesException with the faults of all rules, if this is one of the faulty ones
     * @throws IllegalArgumentException if none of that name was declared
     */
    public ChildRule child(String name) {
        return found(children, name, ModelCompiler.child(name));
    }

    /** The parent rules without faults. */
    public Collection<ParentRule> parents() {
        return parents.values();
    }

    /** The child rules without faults. */
    public Collection<ChildRule> children() {
        return children.values();
    }

    /** The rules of entities without faults, by {@link AssociationRule#name()}. */
    public Map<String, AssociationRule> associations() {
        return associations;
    }

    /** Those of them that hold however a row is written. */
    public List<AssociationRule> associationsForAllWrites() {
        return associations.values().stream()
                .filter(AssociationRule::isForAllWrites)
                .toList();
    }

    /** What is wrong with the other rules. */
    public List<RuleFaults> faults() {
        return faults;
    }

    /**
     * The rules here that code declares by the names of tables, and that the rules of another model contradict, where both
     * are of one database: child rules about the same columns as an entity there, and rules of the same name. What one of
     * them refuses, the other would write.
     *
     * @param name of the other, for a sentence
     */
    public List<RuleFaults> contradictedBy(GuardModel other, String name) {
        var conflicts = new ModelConflicts(other, name);
        return Stream.concat(conflicts.ofParents(parents), conflicts.ofChildren(children))
                .toList();
    }

    Map<String, ParentRule> parentsByName() {
        return parents;
    }

    Map<String, ChildRule> childrenByName() {
        return children;
    }

    private <T> T found(Map<String, T> rules, String name, String described) {
        T rule = rules.get(name);
        if (rule != null) {
            return rule;
        }
        if (faults.stream().anyMatch(fault -> fault.rule().equals(described))) {
            throw new InvalidRulesException(faults);
        }
        throw new IllegalArgumentException("No " + described + " is declared; there are " + rules.keySet());
    }
}
