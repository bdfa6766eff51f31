package dev.writeguard.spring.door;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The ways to write a child. */
enum WritePath {
    PERSIST {
        @Override
        Remark write(Remark child, EntityManager entities, DoorApplication application) {
            entities.persist(child);
            return child;
        }
    },
    MERGE {
        @Override
        Remark write(Remark child, EntityManager entities, DoorApplication application) {
            return entities.merge(child);
        }
    },

    SAVE {
        @Override
        Remark write(Remark child, EntityManager entities, DoorApplication application) {
            return repository(child, application).save(child);
        }
    },
    SAVE_ALL {
        @Override
        Remark write(Remark child, EntityManager entities, DoorApplication application) {
            return repository(child, application).saveAll(List.of(child)).get(0);
        }
    },
    CASCADE {
        @Override
        Remark write(Remark child, EntityManager entities, DoorApplication application) {
            entities.persist(new Tray().put(child));
            return child;
        }
    },

    /** A managed tray comes to refer to a new child, which no event tells of before the flush. */
    CASCADE_AT_FLUSH {
        @Override
        Remark write(Remark child, EntityManager entities, DoorApplication application) {
            var tray = new Tray();
            entities.persist(tray);
            entities.flush();
            application.statements().clear();
            tray.put(child);
            return child;
        }
    },

    /** A managed child without a parent gets one. */
    FLUSH {
        @Override
        Remark write(Remark child, EntityManager entities, DoorApplication application) {
            Talk talk = child.talk;
            child.talk = null;
            entities.persist(child);
            entities.flush();
            application.statements().clear();
            child.talk = talk;
            entities.flush();
            return child;
        }
    },

    /** SQL of the application's own, on a method that says which parent it needs. */
    NATIVE_METHOD {
        @Override
        Remark write(Remark child, EntityManager entities, DoorApplication application) {
            UUID talk = child.talk == null
                    ? null
                    : (UUID) entities.getEntityManagerFactory()
                            .getPersistenceUnitUtil()
                            .getIdentifier(child.talk);
            if (child instanceof NumberedRemark) {
                application.bean(NumberedRemarkRepository.class).insertNatively(talk);
            } else if (child instanceof SequencedRemark) {
                application.bean(RemarkRepository.class).insertNatively(talk);
            } else {
                application.bean(IdentityRemarkRepository.class).insertNatively(talk);
            }
            return child;
        }
    };

    abstract Remark write(Remark child, EntityManager entities, DoorApplication application);

    /** Whether the child is copied: a repository merges what has an id already. */
    boolean merges(Remark child) {
        return this == MERGE || (this == SAVE || this == SAVE_ALL) && child instanceof NumberedRemark;
    }

    /** Whether it flushes before the child comes to refer to its parent. */
    boolean flushesBefore() {
        return this == FLUSH || this == CASCADE_AT_FLUSH;
    }

    /** Whether a transaction of the method's own is there if there is none. */
    boolean hasATransactionOfItsOwn() {
        return this == SAVE || this == SAVE_ALL || this == NATIVE_METHOD;
    }

    @SuppressWarnings("unchecked") // of what class they are, the child says
    private static JpaRepository<Remark, Long> repository(Remark child, DoorApplication application) {
        Class<?> type = child instanceof NumberedRemark
                ? NumberedRemarkRepository.class
                : child instanceof SequencedRemark ? RemarkRepository.class : IdentityRemarkRepository.class;
        return (JpaRepository<Remark, Long>) application.bean(type);
    }
}
