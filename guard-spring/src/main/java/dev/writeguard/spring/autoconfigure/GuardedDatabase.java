package dev.writeguard.spring.autoconfigure;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.spring.rule.AssociationRule;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.MappedReference;
import dev.writeguard.spring.rule.OwnStatement;
import dev.writeguard.spring.rule.RuleFaults;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.jdbc.DataSourceUnwrapper;

/**
 * A database that has a Guard, as it is once all beans exist.
 *
 * @param source what connects to it, under all wrappers
 * @param model the declared rules
 * @param references of its entities, with or without a rule
 * @param statements that methods of guarded repositories have of their own
 * @param guardedEntities that these repositories write, by their names
 * @param entities each name that a query may have for one: its own, followed by those that it inherits from
 * @param parents the parent rules of its model, and those beans that were compiled against its catalog
 * @param children the child rules, likewise, but for those of a single method
 * @param faults of the rules of its model
 */
record GuardedDatabase(
        String name,
        Optional<DataSource> source,
        SchemaGraph graph,
        GuardModel model,
        List<MappedReference> references,
        List<OwnStatement> statements,
        Set<String> guardedEntities,
        Map<String, List<String>> entities,
        List<ParentRule> parents,
        List<ChildRule> children,
        List<RuleFaults> faults) {

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
        Collection<AssociationRule> associations = model.associations().values();
        return Stream.of(new GuardedDatabase(
                database.name(),
                database.dataSource().map(DataSourceUnwrapper::unwrapRoot),
                graph,
                model,
                database.references(),
                database.statements(),
                database.guardedEntities(),
                database.entities(),
                rules(
                        joined(model.parents(), associations, rule -> Stream.of(rule.parent())),
                        beans.getBeansOfType(ParentRule.class).values(),
                        graph,
                        ParentRule::table),
                rules(
                        joined(model.children(), model.associationsForAllWrites(), rule -> rule.children().stream()),
                        beans.getBeansOfType(ChildRule.class).values(),
                        graph,
                        ChildRule::table),
                model.faults()));
    }

    private static <R> List<R> joined(
            Collection<R> byName,
            Collection<AssociationRule> associations,
            Function<AssociationRule, Stream<R>> ofEntity) {
        return Stream.concat(byName.stream(), associations.stream().flatMap(ofEntity))
                .toList();
    }

    private static <R> List<R> rules(
            Collection<R> ofModel, Collection<R> beans, SchemaGraph graph, Function<R, Table> table) {
        return Stream.concat(
                        ofModel.stream(),
                        beans.stream().filter(rule -> graph.tables().contains(table.apply(rule))))
                .toList();
    }
}
