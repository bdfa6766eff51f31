package dev.writeguard.spring.rule;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.annotation.OnExisting;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * What code says of an association, as {@link EnsuredParent} says it. Attributes are those of the parent.
 *
 * <p>For one thread.
 *
 * @since 0.1
 */
public final class EnsuredParentBuilder {

    private final Map<String, Object> members = new HashMap<>();

    EnsuredParentBuilder(String attribute) {
        members.put("attribute", attribute);
    }

    /** As {@link EnsuredParent#match()}. */
    public EnsuredParentBuilder match(String... attributes) {
        return put("match", attributes.clone());
    }

    /**
     * As {@link EnsuredParent#requireState()}.
     *
     * @param attribute holds the state, as text or enum
     */
    public EnsuredParentBuilder requireState(String attribute, String... states) {
        return put("stateAttribute", attribute).put("requireState", states.clone());
    }

    /** As {@link EnsuredParent#touch()}, with {@link OnExisting#TOUCH}. */
    public EnsuredParentBuilder touch(String... attributes) {
        return put("onExisting", OnExisting.TOUCH).put("touch", attributes.clone());
    }

    /** As {@link EnsuredParent#lookFirst()}. */
    public EnsuredParentBuilder lookFirst() {
        return put("lookFirst", true);
    }

    /** As {@link EnsuredParent#soft()}. */
    public EnsuredParentBuilder soft() {
        return put("soft", true);
    }

    /** As {@link EnsuredParent#template()}. */
    public EnsuredParentBuilder template(Class<? extends EntityTemplate<?, ?>> type) {
        return put("template", type);
    }

    EnsuredParent build() {
        return AnnotationUtils.synthesizeAnnotation(members, EnsuredParent.class, null);
    }

    private EnsuredParentBuilder put(String member, Object value) {
        members.put(member, value);
        return this;
    }
}
