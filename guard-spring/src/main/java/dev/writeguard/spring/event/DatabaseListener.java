package dev.writeguard.spring.event;

import dev.writeguard.event.GuardListener;

/**
 * Hears what Guard does, and on which database: core's events do not say. As a bean it is asked for a listener of each
 * database; a bean of type {@link GuardListener} hears all of them alike, and first.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DatabaseListener {

    /**
     * The listener of one database. May be asked for more than once.
     *
     * @param database the bean name of its {@code EntityManagerFactory}, or of its {@code DataSource} without JPA
     */
    GuardListener on(String database);
}
