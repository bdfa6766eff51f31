package dev.writeguard.spring.rule;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.SchemaGraph;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
    private final List<RuleFaults> faults;

    GuardModel(Map<String, ParentRule> parents, Map<String, ChildRule> children, List<RuleFaults> faults) {
        this.parents = parents;
        this.children = children;
        this.faults = List.copyOf(faults);
    }

    /** Compiles all rules. A rule with faults is left out, and listed with them. */
    public static GuardModel compile(SchemaGraph graph, List<GuardRules> rules) {
        var declarations = new RuleDeclarations(graph);
        rules.forEach(some -> some.declare(declarations));
        return new ModelCompiler(graph).compile(declarations);
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

    /** What is wrong with the other rules. */
    public List<RuleFaults> faults() {
        return faults;
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
