package dev.writeguard.spring.rule;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ChildRuleBuilder;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where {@link GuardRules} add their rules. A rule about tables has the name of its table, unless it is given one; parents and
 * children have separate names. The order does not matter.
 *
 * <p>For one thread.
 *
 * @since 0.1
 */
public final class RuleDeclarations {

    private final SchemaGraph graph;
    private final List<Parent> parents = new ArrayList<>();
    private final List<Child> children = new ArrayList<>();
    private final List<EntityRule> entities = new ArrayList<>();

    record Parent(String name, Function<SchemaGraph, ParentRule> compile) {}

    record Child(String name, String parent, BiFunction<SchemaGraph, ParentRule, ChildRule> compile) {}

    RuleDeclarations(SchemaGraph graph) {
        this.graph = graph;
    }

    static RuleDeclarations of(SchemaGraph graph, List<GuardRules> rules) {
        var declarations = new RuleDeclarations(graph);
        rules.forEach(some -> some.declare(declarations));
        return declarations;
    }

    /** What the catalog says, for rules that are derived from it. */
    public SchemaGraph graph() {
        return graph;
    }

    /** A parent that is found by its primary key, and kept as it is. */
    public RuleDeclarations parent(String table) {
        return parent(table, rule -> {});
    }

    /** A parent in a table on the search path. */
    public RuleDeclarations parent(String table, Consumer<ParentRuleBuilder> rule) {
        return add(new Parent(table, catalog -> built(ParentRule.on(catalog, table), rule)));
    }

    /** A parent in any table, under a name of its own: there may be several rules for one table. */
    public RuleDeclarations parent(String name, TableName table, Consumer<ParentRuleBuilder> rule) {
        return add(new Parent(name, catalog -> built(ParentRule.on(catalog, table), rule)));
    }

    /** A child whose only foreign key to the parent's table is meant. */
    public RuleDeclarations child(String table, String parent) {
        return child(table, parent, rule -> {});
    }

    /**
     * A child in a table on the search path.
     *
     * @param parent the name of its parent's rule
     */
    public RuleDeclarations child(String table, String parent, Consumer<ChildRuleBuilder> rule) {
        return add(new Child(table, parent, (catalog, above) -> built(ChildRule.on(catalog, table, above), rule)));
    }

    /**
     * A child in any table, under a name of its own.
     *
     * @param parent the name of its parent's rule
     */
    public RuleDeclarations child(String name, TableName table, String parent, Consumer<ChildRuleBuilder> rule) {
        return add(new Child(name, parent, (catalog, above) -> built(ChildRule.on(catalog, table, above), rule)));
    }

    /** An association of an entity, as {@link EnsuredParent} alone declares it. */
    public RuleDeclarations ensuredParent(Class<?> entity, String attribute) {
        return ensuredParent(entity, attribute, rule -> {});
    }

    /**
     * An association of an entity, for one that cannot be annotated. It holds for all writes of that entity, as if the
     * annotation were on it.
     *
     * @param attribute with the path to it: {@code place.room}
     */
    public RuleDeclarations ensuredParent(Class<?> entity, String attribute, Consumer<EnsuredParentBuilder> rule) {
        var builder = new EnsuredParentBuilder(attribute);
        rule.accept(builder);
        entities.add(new EntityRule(entity, builder.build()));
        return this;
    }

    List<EntityRule> entities() {
        return entities;
    }

    List<Parent> parents() {
        return parents;
    }

    List<Child> children() {
        return children;
    }

    private RuleDeclarations add(Parent parent) {
        parents.add(parent);
        return this;
    }

    private RuleDeclarations add(Child child) {
        children.add(child);
        return this;
    }

    private static ParentRule built(ParentRuleBuilder builder, Consumer<ParentRuleBuilder> rule) {
        rule.accept(builder);
        return builder.build();
    }

    private static ChildRule built(ChildRuleBuilder builder, Consumer<ChildRuleBuilder> rule) {
        rule.accept(builder);
        return builder.build();
    }
}
