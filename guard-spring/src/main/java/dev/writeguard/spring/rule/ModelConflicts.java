package dev.writeguard.spring.rule;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RuleFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds rules that code declares by the names of tables, and that another model of the same database contradicts. Several
 * rules about one table are meant where each has a name of its own; the same name stands for one rule.
 *
 * @param name of the other model's database
 */
record ModelConflicts(GuardModel other, String name) {

    Stream<RuleFaults> ofParents(Map<String, ParentRule> parents) {
        return parents.entrySet().stream()
                .flatMap(rule -> of(rule.getKey(), rule.getValue()).stream()
                        .map(fault -> new RuleFaults(ModelCompiler.parent(rule.getKey()), List.of(fault))));
    }

    Stream<RuleFaults> ofChildren(Map<String, ChildRule> children) {
        return children.entrySet().stream()
                .flatMap(rule -> of(rule.getKey(), rule.getValue()).stream()
                        .map(fault -> new RuleFaults(ModelCompiler.child(rule.getKey()), List.of(fault))));
    }

    private Optional<RuleFault> of(String rule, ParentRule parent) {
        return Optional.ofNullable(other.parentsByName().get(rule))
                .filter(same -> same.table().name().equals(parent.table().name()))
                .flatMap(same -> between(parent, same));
    }

    /** The rule of an entity says more than one of the same name. */
    private Optional<RuleFault> of(String rule, ChildRule child) {
        return new CodeConflicts(other.associationsForAllWrites(), " of '" + name + "'")
                .of(child)
                .or(() -> Optional.ofNullable(other.childrenByName().get(rule))
                        .filter(same -> RuledReference.of(same).equals(RuledReference.of(child)))
                        .flatMap(same -> between(child.parent(), same.parent())));
    }

    private Optional<RuleFault> between(ParentRule one, ParentRule same) {
        List<String> differences = Stream.concat(
                        AcceptedParents.names(one.key().columns())
                                        .equals(AcceptedParents.names(same.key().columns()))
                                ? Stream.empty()
                                : Stream.of("key"),
                        AcceptedParents.of(one).differences(AcceptedParents.of(same)).stream())
                .toList();
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new RuleFault(
                        "'" + name + "' declares it with another " + String.join(", ", differences),
                        "declare the same in both, or give one of them a name of its own"));
    }
}
