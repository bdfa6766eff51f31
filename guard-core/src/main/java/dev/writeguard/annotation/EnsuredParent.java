package dev.writeguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an association of an entity, field or getter: no row is written that refers to a parent which is not there. An
 * absent parent is created before its child, as {@code EntityManager.persist} would create it; one that is there is
 * locked until the transaction ends.
 *
 * <pre>{@code
 * @ManyToOne(optional = false)
 * @EnsuredParent
 * private Conversation conversation;
 * }</pre>
 *
 * <p>The parent is found by its id, or by its {@code @NaturalId} where the id is generated. In mapped superclasses and
 * embeddables the annotation holds for every entity that has them.
 *
 * @since 0.1
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface EnsuredParent {

    /**
     * The parent's attributes that must agree with a parent that is there, else the child is refused: an id sent by a
     * client must not attach a message to somebody else's conversation.
     */
    String[] match() default {};

    /** The states in which a parent that is there accepts children; needs {@link #stateAttribute()}. */
    String[] requireState() default {};

    /** The parent's attribute that holds its state, as text or enum. */
    String stateAttribute() default "";

    /** The database has no foreign key for this association, and that is meant. At READ COMMITTED only. */
    boolean soft() default false;

    /** A class that fills a parent which has to be created; none by default. */
    @SuppressWarnings("rawtypes")
    Class<? extends EntityTemplate> template() default EntityTemplate.class;
}
