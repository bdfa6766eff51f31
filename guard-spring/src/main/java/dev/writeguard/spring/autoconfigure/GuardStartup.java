package dev.writeguard.spring.autoconfigure;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.spring.rule.RuleFaults;
import dev.writeguard.sql.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Looks at every database once all beans exist: says how far it is guarded, and whether the rules fit it. */
final class GuardStartup implements SmartInitializingSingleton {

    private static final Log LOG = LogFactory.getLog(GuardStartup.class);

    private final ListableBeanFactory beans;
    private final StartupCheck check;
    private final GuardModes modes;
    private final List<SchemaGraph> graphs = new ArrayList<>();
    private final List<RuleFaults> faults = new ArrayList<>();

    GuardStartup(ListableBeanFactory beans, StartupCheck check, GuardModes modes) {
        this.beans = beans;
        this.check = check;
        this.modes = modes;
    }

    /**
     * @throws InvalidRulesException with the faults of all rules of all databases, if that is the setting
     */
    @Override
    public void afterSingletonsInstantiated() {
        Collection<GuardDatabase> databases =
                beans.getBeansOfType(GuardDatabase.class).values();
        databases.forEach(this::report);
        if (!databases.isEmpty()) {
            findHomeless(databases);
        }
        if (!graphs.isEmpty()) {
            warnOfModesWithoutTable();
        }
        if (!faults.isEmpty()) {
            judge();
        }
    }

    private void report(GuardDatabase database) {
        Guard guard = database.guardBean();
        GuardModel model = database.modelBean();
        if (guard == null || model == null) {
            return;
        }
        graphs.add(guard.graph());
        faults.addAll(model.faults());
        List<ChildRule> rules = new ArrayList<>(model.children());
        rules.addAll(beans.getBeansOfType(ChildRule.class).values());
        LOG.info("Guard on '" + database.name() + "' (PostgreSQL "
                + guard.graph().majorVersion() + ", mode "
                + modes.mode().name().toLowerCase(Locale.ROOT) + "): " + ForeignKeyCounts.of(guard.graph(), rules));
    }

    private void findHomeless(Collection<GuardDatabase> databases) {
        List<String> names = databases.stream().map(GuardDatabase::name).toList();
        for (Map.Entry<String, GuardRules> bean :
                beans.getBeansOfType(GuardRules.class).entrySet()) {
            if (databases.stream().noneMatch(database -> database.owns(bean.getValue()))) {
                faults.add(RuleFaults.of(
                        "GuardRules bean '" + bean.getKey() + "'",
                        bean.getValue()
                                .database()
                                .map(name -> "it is for the database '" + name + "', which does not exist")
                                .orElse("it does not say which database it is for, and none is primary"),
                        "name one of " + names + " with GuardRules.on(name, rules)"));
            }
        }
    }

    private void warnOfModesWithoutTable() {
        List<TableName> tables = graphs.stream()
                .flatMap(graph -> graph.tables().stream())
                .map(Table::name)
                .toList();
        for (String exception : modes.exceptionsOutside(tables)) {
            LOG.warn("guard.modes." + exception + " is for no table that Guard knows");
        }
    }

    private void judge() {
        var invalid = new InvalidRulesException(faults);
        switch (check) {
            case FAIL -> throw invalid;
            case WARN -> LOG.warn(invalid.getMessage());
            case OFF -> {
                // Said where such a rule is asked for.
            }
        }
    }
}
