package dev.writeguard.spring.rule;

import dev.writeguard.rule.InvalidRuleException;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.schema.SchemaGraph;
import java.util.List;
import java.util.function.Function;

/**
 * An association of an entity that was declared to have an ensured parent, as its mapping says.
 *
 * @param name which one: {@code Message.conversation}
 * @param faults what of it cannot be supported; then it is not compiled
 * @param compile checks it against the catalog; throws {@link InvalidRuleException} with what does not fit
 */
public record DeclaredAssociation(String name, List<RuleFault> faults, Function<SchemaGraph, AssociationRule> compile) {

    public DeclaredAssociation {
        faults = List.copyOf(faults);
    }

    /** One that cannot be, whatever the catalog says. */
    public static DeclaredAssociation refused(String name, RuleFault fault) {
        return new DeclaredAssociation(name, List.of(fault), graph -> {
            throw new IllegalStateException(name + " is not compiled");
        });
    }
}
