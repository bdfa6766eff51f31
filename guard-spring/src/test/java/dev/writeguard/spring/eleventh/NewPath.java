package dev.writeguard.spring.eleventh;

import java.util.List;
import org.hibernate.Session;
import org.hibernate.StatelessSession;

/** One more path in each way of writing through JPA, none of which says anything of parents. */
enum NewPath {
    SAVE {
        @Override
        void write(Beans beans, long card, long board) {
            beans.more().save(new Card(card, beans.board(board)));
        }
    },
    SAVE_ALL {
        @Override
        void write(Beans beans, long card, long board) {
            beans.more().saveAllAndFlush(List.of(new Card(card, beans.board(board))));
        }
    },
    PERSIST {
        @Override
        void write(Beans beans, long card, long board) {
            beans.entities().persist(new Card(card, beans.board(board)));
        }
    },
    MERGE {
        @Override
        void write(Beans beans, long card, long board) {
            beans.entities().merge(new Card(card, beans.board(board)));
        }
    },
    CASCADE {
        @Override
        void write(Beans beans, long card, long board) {
            Drawer drawer = new Drawer(card);
            drawer.add(new Card(card, beans.board(board)));
            beans.entities().persist(drawer);
        }
    },
    COLLECTION_OF_A_MANAGED_ENTITY {
        @Override
        void write(Beans beans, long card, long board) {
            beans.entities().find(Drawer.class, 1L).add(new Card(card, beans.board(board)));
        }
    },
    MANAGED_CHILD {
        @Override
        void write(Beans beans, long card, long board) {
            beans.entities().persist(new Card(card, null));
            beans.entities().flush();
            beans.entities().find(Card.class, card).board = beans.board(board);
        }
    },
    NATIVE_SESSION {
        @Override
        void write(Beans beans, long card, long board) {
            Session session = beans.entities().unwrap(Session.class);
            session.persist(new Card(card, session.getReference(Board.class, board)));
        }
    },
    STATELESS_SESSION {
        @Override
        void write(Beans beans, long card, long board) {
            Session session = beans.entities().unwrap(Session.class);
            session.doWork(connection -> {
                try (StatelessSession stateless = session.getSessionFactory().openStatelessSession(connection)) {
                    stateless.insert(new Card(card, beans.board(board)));
                }
            });
        }
    };

    /** Within a transaction that is committed afterwards. */
    abstract void write(Beans beans, long card, long board);
}
