package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.spring.violation.GuardExceptionTranslator;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.jspecify.annotations.Nullable;

/** Fills the new parents of one association, if its declaration names a template. */
final class Templates {

    private final ParentDoor door;
    private final @Nullable EntityTemplate<Object, Object> template;

    Templates(ParentDoor door) {
        this.door = door;
        Class<?> type = door.association().template();
        this.template =
                type == EntityTemplate.class ? null : door.means().database().template(type);
    }

    boolean present() {
        return template != null;
    }

    /** The same instance. */
    Object filled(Object parent, Object child) {
        if (template != null) {
            try {
                template.fill(parent, door.association().entity(child));
            } catch (RuntimeException failure) {
                throw GuardExceptionTranslator.translate(new GuardException(
                        FailureReport.of(
                                FailureCode.TEMPLATE_FAILED,
                                "ensure",
                                door.rule().parent().table().name(),
                                "its template threw an exception."),
                        failure));
            }
        }
        return parent;
    }
}
