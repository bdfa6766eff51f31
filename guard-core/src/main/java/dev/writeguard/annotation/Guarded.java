package dev.writeguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a Spring Data repository: all its methods, inherited and declared, go through Guard. Parents that several entities of
 * one {@code saveAll} refer to are ensured in one message; a refusal leaves a caller's transaction usable; and where the
 * method owns its transaction, a serialization failure or a deadlock is answered by running it again.
 *
 * <pre>{@code
 * @Guarded
 * interface MessageRepository extends JpaRepository<Message, UUID> {}
 * }</pre>
 *
 * <p>On the class of any other bean it would do nothing, and the application does not start.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Guarded {

    /**
     * How often a call is run again at most, after 40001, 40P01 and what else may be retried; 0 for never. Where the entity
     * has domain events it is never: they were published by the first run.
     */
    int maxRetries() default 3;
}
