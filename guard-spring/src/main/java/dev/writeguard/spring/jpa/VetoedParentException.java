package dev.writeguard.spring.jpa;

import org.hibernate.HibernateException;

/** A listener for inserts has vetoed the INSERT of a parent, without which its child cannot be written. */
final class VetoedParentException extends HibernateException {

    private static final long serialVersionUID = 1L;

    VetoedParentException(String entity) {
        super("A PreInsertEventListener has vetoed the INSERT of " + entity + ", which is needed by its child");
    }
}
