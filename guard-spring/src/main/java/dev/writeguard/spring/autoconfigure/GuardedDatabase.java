package dev.writeguard.spring.autoconfigure;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.RuleFaults;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * A database that has a Guard, as it is once all beans exist.
 *
 * @param parents the parent rules of its model, and those beans that were compiled against its catalog
 * @param children the child rules, likewise
 * @param faults of the rules of its model
 */
record GuardedDatabase(
        String name, SchemaGraph graph, List<ParentRule> parents, List<ChildRule> children, List<RuleFaults> faults) {

    static List<GuardedDatabase> all(ListableBeanFactory beans) {
        return beans.getBeansOfType(GuardDatabase.class).values().stream()
                .flatMap(database -> of(database, beans))
                .toList();
    }

    private static Stream<GuardedDatabase> of(GuardDatabase database, ListableBeanFactory beans) {
        Guard guard = database.guardBean();
        GuardModel model = database.modelBean();
        if (guard == null || model == null) {
            return Stream.empty();
        }
        SchemaGraph graph = guard.graph();
        return Stream.of(new GuardedDatabase(
                database.name(),
                graph,
                rules(model.parents(), beans.getBeansOfType(ParentRule.class).values(), graph, ParentRule::table),
                rules(model.children(), beans.getBeansOfType(ChildRule.class).values(), graph, ChildRule::table),
                model.faults()));
    }

    private static <R> List<R> rules(
            Collection<R> ofModel, Collection<R> beans, SchemaGraph graph, Function<R, Table> table) {
        return Stream.concat(
                        ofModel.stream(),
                        beans.stream().filter(rule -> graph.tables().contains(table.apply(rule))))
                .toList();
    }
}
