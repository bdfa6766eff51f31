package dev.writeguard.spring.rule;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.InvalidRuleException;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.schema.SchemaGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Compiles declarations, parents first, and collects the faults of all. */
final class ModelCompiler {

    private final SchemaGraph graph;
    private final Map<String, ParentRule> parents = new LinkedHashMap<>();
    private final Map<String, ChildRule> children = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<RuleFaults> faults = new ArrayList<>();

    ModelCompiler(SchemaGraph graph) {
        this.graph = graph;
    }

    static String parent(String name) {
        return "parent rule '" + name + "'";
    }

    static String child(String name) {
        return "child rule '" + name + "'";
    }

    GuardModel compile(RuleDeclarations declarations, List<DeclaredAssociation> associations) {
        for (RuleDeclarations.Parent declared : declarations.parents()) {
            add(
                    parents,
                    declared.name(),
                    parent(declared.name()),
                    () -> declared.compile().apply(graph));
        }
        declarations.children().forEach(this::add);
        Map<String, AssociationRule> ofEntities = compile(associations);
        refuseContradictions(ofEntities);
        return new GuardModel(parents, children, ofEntities, faults);
    }

    /** What a repository's method declares is about its own calls, and wins there. */
    private void refuseContradictions(Map<String, AssociationRule> ofEntities) {
        var conflicts = new CodeConflicts(
                ofEntities.values().stream()
                        .filter(AssociationRule::isForAllWrites)
                        .toList(),
                "");
        children.entrySet().removeIf(rule -> {
            Optional<RuleFault> conflict = conflicts.of(rule.getValue());
            conflict.ifPresent(fault -> faults.add(new RuleFaults(child(rule.getKey()), List.of(fault))));
            return conflict.isPresent();
        });
    }

    private Map<String, AssociationRule> compile(List<DeclaredAssociation> associations) {
        Map<String, AssociationRule> compiled = new LinkedHashMap<>();
        for (DeclaredAssociation declared : associations) {
            String described = "@EnsuredParent " + declared.name();
            if (declared.faults().isEmpty()) {
                add(
                        compiled,
                        declared.name(),
                        described,
                        () -> declared.compile().apply(graph));
            } else {
                faults.add(new RuleFaults(described, declared.faults()));
            }
        }
        return compiled;
    }

    private void add(RuleDeclarations.Child declared) {
        String described = child(declared.name());
        ParentRule above = parents.get(declared.parent());
        if (above != null) {
            add(children, declared.name(), described, () -> declared.compile().apply(graph, above));
        } else if (seen.contains(parent(declared.parent()))) {
            faults.add(RuleFaults.of(
                    described,
                    "it was not checked, since its " + parent(declared.parent()) + " has faults",
                    "correct that one first"));
        } else {
            faults.add(RuleFaults.of(
                    described,
                    "its " + parent(declared.parent()) + " is not declared",
                    "declare it, or use one of " + parents.keySet()));
        }
    }

    private <T> void add(Map<String, T> rules, String name, String described, Supplier<T> compile) {
        if (!seen.add(described)) {
            rules.remove(name);
            faults.add(RuleFaults.of(
                    described, "it is declared more than once", "drop one of them, or give it a name of its own"));
            return;
        }
        try {
            rules.put(name, compile.get());
        } catch (InvalidRuleException invalid) {
            faults.add(new RuleFaults(described, invalid.faults()));
        }
    }
}
