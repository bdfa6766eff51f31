package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.schema.SchemaGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * What is asked of a parent, in the words of its table.
 *
 * @param compared the attributes that have to agree with a parent that is there
 * @param match their columns, and that of its tenant
 * @param state the states in which it accepts children
 * @param touch what is written into it
 * @param soft whether there is no foreign key
 * @param looksFirst whether it is looked for before it is created
 * @param faults what of the declaration cannot be read
 */
record ParentTerms(
        EntityPersister parent,
        List<String> compared,
        List<String> match,
        Optional<ParentState> state,
        ParentTouch touch,
        boolean soft,
        boolean looksFirst,
        List<RuleFault> faults) {

    /** Its tenant has to agree without being declared. */
    static ParentTerms of(EntityPersister parent, EnsuredParent declaration) {
        var attributes = new ParentAttributes(parent);
        List<String> match = attributes.columns(Stream.concat(
                        Stream.of(declaration.match()), TenantAttribute.of(parent).map(TenantAttribute::name).stream())
                .distinct()
                .toArray(String[]::new));
        Optional<ParentState> state = attributes.state(declaration);
        var touched = new TouchedAttributes(parent, attributes);
        ParentTouch touch = touched.of(declaration);
        return new ParentTerms(
                parent,
                List.of(declaration.match()),
                match,
                state,
                touch,
                declaration.soft(),
                declaration.lookFirst(),
                Stream.concat(attributes.faults().stream(), touched.faults().stream())
                        .toList());
    }

    /** The same for the same terms, in every run. */
    String words() {
        return "match " + match + " " + state + " " + touch + " soft " + soft + " look " + looksFirst;
    }

    /**
     * Compiles them for a parent that is found and created by its key.
     *
     * @param reference the columns that children refer to
     */
    ParentRules byKey(SchemaGraph graph, List<String> reference) {
        List<String> key = names(keyOf(parent));
        ParentRule byKey = rule(graph, key, reference);
        return new ParentRules(byKey, key.equals(reference) ? byKey : rule(graph, reference, reference));
    }

    /** The same for one that is there already, and found by what children refer to. */
    ParentRules byReference(SchemaGraph graph, List<String> reference) {
        ParentRule rule = rule(graph, reference, reference);
        return new ParentRules(rule, rule);
    }

    private ParentRule rule(SchemaGraph graph, List<String> key, List<String> reference) {
        ParentRuleBuilder rule = MappedNames.parentTable(graph, parent.getIdentifierTableName())
                .key(array(key))
                .referencedBy(array(reference))
                .match(array(match));
        state.ifPresent(required -> rule.requireState(required.column(), array(required.allowed())));
        touch.declare(rule);
        if (soft) {
            rule.soft();
        }
        return rule.build();
    }

    /** The id that code assigns; else the natural id; else the id, by which a parent can be found and not be created. */
    private static ModelPart keyOf(EntityPersister parent) {
        NaturalIdMapping natural = parent.getNaturalIdMapping();
        return natural == null || AssignedIds.of(parent) ? parent.getIdentifierMapping() : natural;
    }

    /** The columns of a part of the mapping. */
    static List<String> names(ModelPart part) {
        List<String> names = new ArrayList<>();
        part.forEachSelectable(
                (index, selectable) -> names.add(MappedNames.column(selectable.getSelectionExpression())));
        return names;
    }

    private static String[] array(List<String> names) {
        return names.toArray(String[]::new);
    }
}
