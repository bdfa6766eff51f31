package dev.writeguard.spring.autoconfigure;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.schema.ForeignKey;
import dev.writeguard.schema.SchemaGraph;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * How far a database is guarded. Keys that partitions inherit are not counted again.
 *
 * @param all foreign keys of the database
 * @param guarded those that a child rule speaks of
 * @param withoutIndex those whose child columns no index leads with
 */
record ForeignKeyCounts(int all, int guarded, int withoutIndex) {

    static ForeignKeyCounts of(SchemaGraph graph, Collection<ChildRule> rules) {
        List<ForeignKey> keys = graph.foreignKeys().stream()
                .filter(key -> key.inheritedFrom() == null)
                .toList();
        return new ForeignKeyCounts(
                keys.size(),
                (int) keys.stream()
                        .filter(key -> rules.stream().anyMatch(rule -> speaksOf(rule, key)))
                        .count(),
                (int) keys.stream()
                        .filter(key ->
                                key.child().indexes().stream().noneMatch(index -> index.leads(key.childColumns())))
                        .count());
    }

    /** Whether a rule is about that foreign key. */
    static boolean speaksOf(ChildRule rule, ForeignKey key) {
        return rule.table().equals(key.child())
                && rule.parent().table().equals(key.parent())
                && new HashSet<>(rule.columns()).equals(new HashSet<>(key.childColumns()));
    }

    @Override
    public String toString() {
        return all + (all == 1 ? " foreign key: " : " foreign keys: ") + guarded + " guarded, " + (all - guarded)
                + " not, " + withoutIndex + " without an index";
    }
}
