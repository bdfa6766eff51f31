package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.rule.AssociationRule;
import dev.writeguard.spring.rule.RuleFaults;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds EntityManagerFactories on one data source whose entities say different things of the same columns: what one of
 * them refuses, the other would write.
 */
final class FactoryConflicts {

    private FactoryConflicts() {}

    static Stream<RuleFaults> among(List<GuardedDatabase> databases) {
        return databases.stream()
                .flatMap(one -> databases.stream()
                        .filter(other -> !other.equals(one)
                                && one.source().isPresent()
                                && one.source().equals(other.source()))
                        .flatMap(other -> between(one, other)));
    }

    private static Stream<RuleFaults> between(GuardedDatabase one, GuardedDatabase other) {
        Map<List<Object>, Set<List<Object>>> terms = terms(one);
        Map<List<Object>, Set<List<Object>>> others = terms(other);
        return one.model().associations().values().stream()
                .filter(rule -> others.containsKey(rule.subject())
                        && !others.get(rule.subject()).equals(terms.get(rule.subject())))
                .map(rule -> RuleFaults.of(
                        "@EnsuredParent " + rule.name() + " of '" + one.name() + "'",
                        "'" + other.name() + "' maps the same columns, with another key, match, requireState or soft",
                        "declare the same in both"));
    }

    private static Map<List<Object>, Set<List<Object>>> terms(GuardedDatabase database) {
        return database.model().associations().values().stream()
                .collect(Collectors.groupingBy(
                        AssociationRule::subject, Collectors.mapping(AssociationRule::terms, Collectors.toSet())));
    }
}
