package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EntityTemplate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What fills the new parents of one association, if its declaration names it. It is asked for when it is first needed. */
final class DeclaredTemplate {

    private final Class<?> type;
    private final Supplier<EntityTemplate<Object, Object>> instance;
    private volatile @Nullable EntityTemplate<Object, Object> known;

    /**
     * @param type {@link EntityTemplate} itself for none
     */
    DeclaredTemplate(Class<?> type, DoorDatabase database) {
        this.type = type;
        this.instance = () -> database.template(type);
    }

    boolean isPresent() {
        return type != EntityTemplate.class;
    }

    /** Does nothing without a template. */
    void fill(Object parent, Object child) {
        if (isPresent()) {
            template().fill(parent, child);
        }
    }

    private EntityTemplate<Object, Object> template() {
        EntityTemplate<Object, Object> template = known;
        if (template == null) {
            template = instance.get();
            known = template;
        }
        return template;
    }
}
