package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.rule.RuleFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.entity.EntityPersister;

/** Reads the attributes that a declaration names as columns of the parent's table. */
final class ParentAttributes {

    private final EntityPersister parent;
    private final List<RuleFault> faults = new ArrayList<>();

    ParentAttributes(EntityPersister parent) {
        this.parent = parent;
    }

    /** What cannot be read so. */
    List<RuleFault> faults() {
        return faults;
    }

    /** The columns of attributes; those with faults are left out. */
    List<String> columns(String... attributes) {
        return Stream.of(attributes)
                .flatMap(attribute -> columns(attribute).stream())
                .toList();
    }

    /** The states that are required; empty also if that is declared in a way that cannot be read. */
    Optional<ParentState> state(EnsuredParent declaration) {
        String attribute = declaration.stateAttribute();
        if (attribute.isEmpty() != (declaration.requireState().length == 0)) {
            fault("requireState and stateAttribute belong together", "give both, or none of them");
            return Optional.empty();
        }
        if (attribute.isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = columns(attribute);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        if (columns.size() > 1 || !(parent.findAttributeMapping(attribute) instanceof BasicValuedModelPart basic)) {
            fault("the attribute '" + attribute + "' is no single value", "name one that holds text or an enum");
            return Optional.empty();
        }
        return Optional.of(new ParentState(columns.get(0), states(basic, declaration.requireState())));
    }

    private List<String> columns(String attribute) {
        if (attribute.equals(parent.getIdentifierPropertyName())) {
            fault("the parent is found by its id '" + attribute + "'", "leave it out");
            return List.of();
        }
        ModelPart part = parent.findAttributeMapping(attribute);
        if (part == null) {
            fault(
                    "the entity " + parent.getImportedName() + " has no attribute '" + attribute + "'",
                    "check the spelling");
            return List.of();
        }
        List<SelectableMapping> columns = new ArrayList<>();
        part.forEachSelectable((index, selectable) -> columns.add(selectable));
        if (columns.isEmpty() || columns.stream().anyMatch(this::elsewhere)) {
            fault(
                    "the attribute '" + attribute + "' has no column in the table " + parent.getIdentifierTableName(),
                    "name an attribute that has one");
            return List.of();
        }
        return columns.stream()
                .map(column -> MappedNames.column(column.getSelectionExpression()))
                .toList();
    }

    private boolean elsewhere(SelectableMapping column) {
        return column.isFormula() || !column.getContainingTableExpression().equals(parent.getIdentifierTableName());
    }

    /** Names of an enum as they are stored: by name, by number, or as a converter has it. */
    private List<String> states(BasicValuedModelPart attribute, String[] names) {
        Class<?> type = attribute.getJavaType().getJavaTypeClass();
        if (!type.isEnum()) {
            return List.of(names);
        }
        List<String> stored = new ArrayList<>();
        for (String name : names) {
            Stream.of(type.getEnumConstants())
                    .map(Enum.class::cast)
                    .filter(constant -> constant.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            constant -> stored.add(stored(attribute, constant)),
                            () -> fault(
                                    "the enum " + type.getSimpleName() + " has no state '" + name + "'",
                                    "use one of " + List.of(type.getEnumConstants())));
        }
        return stored;
    }

    private static String stored(BasicValuedModelPart attribute, Enum<?> constant) {
        Object value = attribute.getJdbcMapping().convertToRelationalValue(constant);
        return value instanceof Enum<?> named ? named.name() : String.valueOf(value);
    }

    private void fault(String fault, String cure) {
        faults.add(new RuleFault(fault, cure));
    }
}
