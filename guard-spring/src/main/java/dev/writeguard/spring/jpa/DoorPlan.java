package dev.writeguard.spring.jpa;

import dev.writeguard.spring.rule.AssociationRule;
import dev.writeguard.spring.rule.GuardModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The doors of a factory's associations. Those that ask the same of one parent have that in common. */
final class DoorPlan {

    private final GuardModel model;
    private final DoorMeans means;
    private final EntityDoor door;
    private final Map<Asked, RuledParent> parents = new HashMap<>();
    private final Map<String, List<ChildDoor>> byEntity = new LinkedHashMap<>();
    private final Map<RepositoryCall, List<CallDoor>> byCall = new LinkedHashMap<>();

    /**
     * @param door to which they belong
     */
    DoorPlan(MappedAssociations mapped, GuardModel model, DoorMeans means, EntityDoor door) {
        this.model = model;
        this.means = means;
        this.door = door;
        mapped.byEntity().forEach((entity, associations) -> {
            List<ChildDoor> doors = new ArrayList<>();
            associations.forEach(each -> parents(each).ifPresent(to -> doors.add(ChildDoor.of(each, to))));
            if (!doors.isEmpty()) {
                byEntity.put(entity, doors);
            }
        });
        mapped.byMethod().forEach((call, associations) -> {
            List<CallDoor> doors = new ArrayList<>();
            associations.forEach(each ->
                    parents(each.association()).ifPresent(to -> doors.add(new CallDoor(to, each.parameter()))));
            byCall.put(call, doors);
        });
    }

    /** What two associations have in common that ask the same of one parent. */
    private record Asked(ParentTerms terms, boolean creates) {}

    /** A rule with faults is not in force; at start-up that was said. */
    private Optional<ParentDoor> parents(EnsuredAssociation association) {
        AssociationRule rule = model.associations().get(association.name());
        if (rule == null) {
            return Optional.empty();
        }
        ParentTerms terms = ParentTerms.of(association.parent(), association.declaration());
        RuledParent parent = parents.computeIfAbsent(
                new Asked(terms, association.creates()),
                first -> new RuledParent(terms, ParentRules.of(rule), means, door));
        return Optional.of(new ParentDoor(association, parent));
    }

    /** What rows of an entity refer to, by the name of the entity. */
    Map<String, List<ChildDoor>> byEntity() {
        return byEntity;
    }

    /** What calls of methods need. */
    Map<RepositoryCall, List<CallDoor>> byCall() {
        return byCall;
    }

    /** Those that are touched, by the topmost entity of each. */
    Map<String, List<RuledParent>> touched() {
        return parents.values().stream()
                .filter(parent -> parent.rules().parent().touch().isPresent())
                .collect(Collectors.groupingBy(RuledParent::rootEntity));
    }

    /** By the topmost entity of each parent, how many parents are above it at most, one above the other. */
    Map<String, Integer> depths() {
        Map<String, Set<String>> above = new HashMap<>();
        byEntity.values()
                .forEach(doors -> doors.forEach(child -> above.computeIfAbsent(
                                child.association().child().getRootEntityName(), first -> new HashSet<>())
                        .add(child.parents().parent().rootEntity())));
        Map<String, Integer> depths = new HashMap<>();
        parents.values()
                .forEach(parent -> depths.put(parent.rootEntity(), depth(parent.rootEntity(), above, Set.of())));
        return depths;
    }

    /** A circle of parents has no order. */
    private static int depth(String entity, Map<String, Set<String>> above, Set<String> below) {
        Set<String> path = new HashSet<>(below);
        return path.add(entity)
                ? above.getOrDefault(entity, Set.of()).stream()
                        .mapToInt(parent -> 1 + depth(parent, above, path))
                        .max()
                        .orElse(0)
                : 0;
    }
}
