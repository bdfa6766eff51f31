package dev.writeguard.spring.eleventh;

/** The ways of writing that no mapping sees, bare and with what makes them safe. */
enum OwnStatement {
    JDBC {
        @Override
        void bare(Beans beans, long card, long board) {
            beans.jdbc().update("INSERT INTO cards (id, board_id) VALUES (?, ?)", card, board);
        }

        @Override
        void safe(Beans beans, long card, long board) {
            beans.ensure().ensure(new Board(board));
            bare(beans, card, board);
        }
    },
    NATIVE_QUERY {
        @Override
        void bare(Beans beans, long card, long board) {
            beans.more().insert(card, board);
        }

        @Override
        void safe(Beans beans, long card, long board) {
            beans.guarded().insert(card, board);
        }
    },
    BULK_UPDATE {
        @Override
        void bare(Beans beans, long card, long board) {
            beans.more().move(1, board);
        }

        @Override
        void safe(Beans beans, long card, long board) {
            beans.guarded().move(1, board);
        }
    },
    BULK_INSERT {
        @Override
        void bare(Beans beans, long card, long board) {
            beans.more().insert(card, beans.board(board));
        }

        @Override
        void safe(Beans beans, long card, long board) {
            Board ensured = beans.ensure().ensure(new Board(board));
            beans.more().insert(card, ensured);
        }
    };

    abstract void bare(Beans beans, long card, long board);

    abstract void safe(Beans beans, long card, long board);
}
