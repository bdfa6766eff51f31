package dev.writeguard.spring.stateless;

import dev.writeguard.spring.door.DoorApplication;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Where a stateless session works. */
enum Transaction {

    /** The session's own. */
    OWN {
        @Override
        void run(DoorApplication application, Consumer<StatelessSession> work) {
            application.bean(SessionFactory.class).inStatelessTransaction(work);
        }
    },

    /** Spring's, on the connection of its EntityManager. */
    SPRING {
        @Override
        void run(DoorApplication application, Consumer<StatelessSession> work) {
            application.inTransaction(entities -> entities.unwrap(Session.class).doWork(connection -> {
                try (StatelessSession session =
                        application.bean(SessionFactory.class).openStatelessSession(connection)) {
                    work.accept(session);
                }
            }));
        }
    };

    abstract void run(DoorApplication application, Consumer<StatelessSession> work);
}
