package dev.writeguard.spring.autoconfigure;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.Column;
import dev.writeguard.schema.ForeignKey;
import dev.writeguard.spring.actuate.GuardedDatabaseDescription;
import dev.writeguard.spring.actuate.RuleDescription;
import dev.writeguard.spring.actuate.UnruledForeignKey;
import dev.writeguard.spring.rule.AssociationRule;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.MappedReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes the databases of a context for the actuator. */
final class DatabaseDescriptions {

    private static final List<String> ENTITY_DOORS = List.of("EntityManager", "EnsureParent");
    private static final List<String> REPOSITORY_DOORS = List.of("EntityManager", "repository", "EnsureParent");
    private static final List<String> METHOD_DOORS = List.of("repository method");
    private static final List<String> CORE_DOORS = List.of("EnsureParent");

    private final GuardModes modes;

    DatabaseDescriptions(GuardModes modes) {
        this.modes = modes;
    }

    Map<String, GuardedDatabaseDescription> of(List<GuardedDatabase> databases) {
        Map<String, GuardedDatabaseDescription> byName = new TreeMap<>();
        databases.forEach(database -> byName.put(database.name(), describe(database)));
        return byName;
    }

    private GuardedDatabaseDescription describe(GuardedDatabase database) {
        Stream<RuleDescription> ofEntities =
                database.model().associations().values().stream().flatMap(rule -> describe(rule, database));
        Stream<RuleDescription> byTable = database.model().children().stream()
                .map(rule -> describe(rule.table().name().toString(), CORE_DOORS, rule.parent(), rule, database));
        return new GuardedDatabaseDescription(
                name(modes.mode()), Stream.concat(ofEntities, byTable).toList(), database.faults(), unruled(database));
    }

    /** One for each table that has the reference. */
    private Stream<RuleDescription> describe(AssociationRule rule, GuardedDatabase database) {
        List<String> doors = doors(rule, database);
        return rule.children().stream().map(child -> describe(rule.name(), doors, rule.parent(), child, database));
    }

    private static List<String> doors(AssociationRule rule, GuardedDatabase database) {
        if (!rule.isForAllWrites()) {
            return METHOD_DOORS;
        }
        return database.guardedEntities().contains(rule.entity()) ? REPOSITORY_DOORS : ENTITY_DOORS;
    }

    private RuleDescription describe(
            String name, List<String> doors, ParentRule parent, ChildRule child, GuardedDatabase database) {
        ForeignKey key = foreignKey(child, database);
        return new RuleDescription(
                name,
                name(modes.mode(parent)),
                doors,
                child.table().name().toString(),
                names(child.columns()),
                parent.table().name().toString(),
                names(parent.key().columns()),
                key == null ? null : key.name().name(),
                key == null ? null : key.validated(),
                parent.touch().isPresent(),
                names(parent.match()),
                parent.requiredState()
                        .map(state -> List.copyOf(state.allowed()))
                        .orElse(List.of()),
                parent.soft());
    }

    private static @Nullable ForeignKey foreignKey(ChildRule rule, GuardedDatabase database) {
        return database.graph().foreignKeysOf(rule.table()).stream()
                .filter(key -> ForeignKeyCounts.speaksOf(rule, key))
                .findFirst()
                .orElse(null);
    }

    /** Keys that partitions inherit have the rule of the whole table. */
    private static List<UnruledForeignKey> unruled(GuardedDatabase database) {
        return database.graph().foreignKeys().stream()
                .filter(key -> key.inheritedFrom() == null)
                .filter(key -> database.children().stream().noneMatch(rule -> ForeignKeyCounts.speaksOf(rule, key)))
                .map(key -> unruled(key, database))
                .toList();
    }

    private static UnruledForeignKey unruled(ForeignKey key, GuardedDatabase database) {
        return new UnruledForeignKey(
                key.name().name(),
                key.child().name().toString(),
                names(key.childColumns()),
                key.parent().name().toString(),
                key.validated(),
                key.child().indexes().stream().anyMatch(index -> index.leads(key.childColumns())),
                declaration(key, database));
    }

    /** On the entity, if one is mapped to these columns; else by the names of the tables. */
    private static String declaration(ForeignKey key, GuardedDatabase database) {
        return database.references().stream()
                .filter(reference -> refers(reference, key))
                .map(reference -> "@EnsuredParent on " + reference.name())
                .findFirst()
                .orElseGet(() -> "a GuardRules bean with rules.parent(\""
                        + key.parent().name().table().name()
                        + "\").child(\"" + key.child().name().table().name() + "\", \""
                        + key.parent().name().table().name() + "\")");
    }

    private static boolean refers(MappedReference reference, ForeignKey key) {
        List<String> table = reference.table();
        boolean same =
                table.get(table.size() - 1).equals(key.child().name().table().name())
                        && (table.size() == 1
                                || table.get(table.size() - 2)
                                        .equals(key.child().name().schema().name()));
        return same && new HashSet<>(reference.columns()).equals(new HashSet<>(names(key.childColumns())));
    }

    private static List<String> names(Collection<Column> columns) {
        return columns.stream().map(column -> column.name().name()).toList();
    }

    private static String name(Enum<?> mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
