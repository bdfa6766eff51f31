package dev.writeguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
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
 * <p>On a repository with {@link Guarded}, for an entity that cannot be edited, it names the {@link #attribute()}. On a
 * method of such a repository it also names the {@link #key()}: before the method runs, the parent with the id that the
 * parameter has is ensured. That is the form for native and bulk writes, which no mapping sees.
 *
 * <pre>{@code
 * @Modifying
 * @Transactional
 * @Query(nativeQuery = true, value = "INSERT INTO messages (conversation_id, body) VALUES (:conversationId, :body)")
 * @EnsuredParent(attribute = "conversation", key = "conversationId")
 * void insert(UUID conversationId, String body);
 * }</pre>
 *
 * @since 0.1
 */
@Documented
@Repeatable(EnsuredParents.class)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface EnsuredParent {

    /** On a repository or one of its methods: the attribute of its entity that refers to the parent. */
    String attribute() default "";

    /** On a method of a repository: the parameter that has the id of the parent. */
    String key() default "";

    /** Whether a parent that is there is written into. */
    OnExisting onExisting() default OnExisting.KEEP;

    /**
     * Whether a parent that the child brings with it is looked for before it is created. One that is there then costs a
     * lock alone: no id is generated for it, no callback is called, and no trigger fires. One that is not costs a round trip
     * more. A reference is always looked for, and so is a parent that was there when this application ensured it before.
     */
    boolean lookFirst() default false;

    /**
     * With {@link OnExisting#TOUCH}, the parent's attributes that are written: a date or time gets that of the
     * transaction, another attribute the value of the parent that the child was given. The version of a parent is raised
     * with them, as by any update; it may be the only one.
     */
    String[] touch() default {};

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

    /**
     * A class that fills a parent which has to be created; none by default. For a method of a repository the child that it
     * is given is the array of the method's arguments.
     */
    @SuppressWarnings("rawtypes") // else its default would be none of its values
    Class<? extends EntityTemplate> template() default EntityTemplate.class;
}
