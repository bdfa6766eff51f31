package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.rule.RuleFault;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.ResolvableType;

/** Whether the template of an association will be there when a parent has to be created, and fits it. */
final class TemplateCheck {

    private final Class<?> template;
    private final Class<?> parent;
    private final Class<?> child;
    private final DoorDatabase database;

    TemplateCheck(EnsuredAssociation association, DoorDatabase database) {
        this.template = association.declaration().template();
        this.parent = association.parent().getMappedClass();
        this.child = association.method().isEmpty() ? association.child().getMappedClass() : Object[].class;
        this.database = database;
    }

    List<RuleFault> faults() {
        List<RuleFault> faults = new ArrayList<>();
        if (template != EntityTemplate.class) {
            database.templateFault(template).ifPresent(faults::add);
            ResolvableType types = ResolvableType.forClass(template).as(EntityTemplate.class);
            check(types.getGeneric(0), "parents", parent, faults);
            check(types.getGeneric(1), "children", child, faults);
        }
        return faults;
    }

    /** A type variable says nothing. */
    private void check(ResolvableType accepted, String role, Class<?> given, List<RuleFault> faults) {
        Class<?> type = accepted.resolve(Object.class);
        if (!type.isAssignableFrom(given)) {
            faults.add(new RuleFault(
                    "the template " + template.getSimpleName() + " is for " + role + " of " + type.getSimpleName()
                            + ", not of " + given.getSimpleName(),
                    "name a template that accepts " + given.getSimpleName()));
        }
    }
}
