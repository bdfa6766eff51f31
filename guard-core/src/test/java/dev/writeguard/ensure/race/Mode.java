package dev.writeguard.ensure.race;

import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** The transaction that a write runs in: the caller's or that of autocommit, at one of the isolation levels. */
enum Mode {
    RC(Isolation.RC, false),
    RR(Isolation.RR, false),
    SER(Isolation.SER, false),
    RC_AUTOCOMMIT(Isolation.RC, true),
    RR_AUTOCOMMIT(Isolation.RR, true),
    SER_AUTOCOMMIT(Isolation.SER, true);

    private final Isolation isolation;
    private final boolean autocommit;

    Mode(Isolation isolation, boolean autocommit) {
        this.isolation = isolation;
        this.autocommit = autocommit;
    }

    /** The modes in which the caller has a transaction. */
    static List<Mode> transactions() {
        return Stream.of(values()).filter(mode -> !mode.autocommit).toList();
    }

    Isolation isolation() {
        return isolation;
    }

    boolean autocommit() {
        return autocommit;
    }

    /** Whether all statements of a transaction, or of a message, read from the snapshot of the first. */
    boolean fixedSnapshot() {
        return isolation != Isolation.RC;
    }

    void begin(Session session) throws SQLException {
        session.begin(isolation);
        if (autocommit) {
            session.rollback();
        }
    }

    void commit(Session session) throws SQLException {
        if (!autocommit) {
            session.commit();
        }
    }

    void rollback(Session session) throws SQLException {
        if (!autocommit) {
            session.rollback();
        }
    }
}
