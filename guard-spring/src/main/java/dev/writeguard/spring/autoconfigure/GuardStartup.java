package dev.writeguard.spring.autoconfigure;

import dev.writeguard.schema.Table;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.spring.rule.RuleFaults;
import dev.writeguard.sql.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Looks at every database once all beans exist: says how far it is guarded, and whether the rules fit it. */
final class GuardStartup implements SmartInitializingSingleton {

    private static final Log LOG = LogFactory.getLog(GuardStartup.class);

    private final ListableBeanFactory beans;
    private final StartupCheck check;
    private final UnguardedWrites unguardedWrites;
    private final GuardModes modes;

    GuardStartup(ListableBeanFactory beans, StartupCheck check, UnguardedWrites unguardedWrites, GuardModes modes) {
        this.beans = beans;
        this.check = check;
        this.unguardedWrites = unguardedWrites;
        this.modes = modes;
    }

    /**
     * @throws InvalidRulesException with the faults of all rules of all databases, if that is the setting
     */
    @Override
    public void afterSingletonsInstantiated() {
        List<GuardedDatabase> guarded = GuardedDatabase.all(beans);
        guarded.forEach(this::report);
        warnOfModesWithoutTable(guarded);
        List<RuleFaults> faults = Stream.of(
                        guarded.stream().flatMap(database -> database.faults().stream()),
                        FactoryConflicts.among(guarded),
                        homelessRules(),
                        new GuardedBeans(beans).inVain())
                .flatMap(some -> some)
                .toList();
        if (!faults.isEmpty()) {
            judge(new InvalidRulesException(faults));
        }
        judgeUnguarded(guarded);
    }

    private void judgeUnguarded(List<GuardedDatabase> guarded) {
        if (unguardedWrites == UnguardedWrites.OFF) {
            return;
        }
        List<RuleFaults> found = guarded.stream()
                .flatMap(database -> new UnguardedWriteFinder(database).find().stream())
                .toList();
        if (!found.isEmpty() && unguardedWrites == UnguardedWrites.FAIL) {
            throw new InvalidRulesException(found);
        }
        found.forEach(each -> LOG.warn(each.rule() + ": " + each.faults().get(0).fault() + "; "
                + each.faults().get(0).cure() + ". guard.unguarded-writes=off takes this message away"));
    }

    private void report(GuardedDatabase database) {
        LOG.info("Guard on '" + database.name() + "' (PostgreSQL "
                + database.graph().majorVersion() + ", mode "
                + modes.mode().name().toLowerCase(Locale.ROOT) + "): "
                + ForeignKeyCounts.of(database.graph(), database.children()));
    }

    private void warnOfModesWithoutTable(List<GuardedDatabase> guarded) {
        if (guarded.isEmpty()) {
            return;
        }
        List<TableName> tables = guarded.stream()
                .flatMap(database -> database.graph().tables().stream())
                .map(Table::name)
                .toList();
        for (String exception : modes.exceptionsOutside(tables)) {
            LOG.warn("guard.modes." + exception + " is for no table that Guard knows");
        }
    }

    /** Rules that no database takes, also not one that Guard leaves alone. */
    private Stream<RuleFaults> homelessRules() {
        Collection<GuardDatabase> databases =
                beans.getBeansOfType(GuardDatabase.class).values();
        if (databases.isEmpty()) {
            return Stream.empty();
        }
        return beans.getBeansOfType(GuardRules.class).entrySet().stream()
                .filter(bean -> databases.stream().noneMatch(database -> database.owns(bean.getValue())))
                .map(bean -> homeless(bean.getKey(), bean.getValue(), databases));
    }

    private static RuleFaults homeless(String name, GuardRules rules, Collection<GuardDatabase> databases) {
        return RuleFaults.of(
                "GuardRules bean '" + name + "'",
                rules.database()
                        .map(database -> "it is for the database '" + database + "', which does not exist")
                        .orElse("it does not say which database it is for, and none is primary"),
                "name one of " + databases.stream().map(GuardDatabase::name).toList()
                        + " with GuardRules.on(name, rules)");
    }

    private void judge(InvalidRulesException invalid) {
        switch (check) {
            case FAIL -> throw invalid;
            case WARN -> LOG.warn(invalid.getMessage());
            case OFF -> {
                // Said where such a rule is asked for.
            }
        }
    }
}
