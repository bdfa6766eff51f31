package dev.writeguard.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a database of its own with this schema. Constructors, lifecycle methods and tests may then have a parameter
 * of type {@link Database}; nested classes use the database of the outermost one.
 *
 * <p>What a test writes stays for the other tests of its class: use keys of your own, or TRUNCATE before each. Classes may run in
 * parallel, the methods of one class not: the end of each ends all connections.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(DatabaseExtension.class)
public @interface Schema {

    /**
     * SQL text, or a class path resource if it ends with {@code .sql}: relative to the test class, or absolute with a leading
     * slash. Empty for an empty database.
     */
    String value() default "";
}
