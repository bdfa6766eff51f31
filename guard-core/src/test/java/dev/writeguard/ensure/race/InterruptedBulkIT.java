package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A bulk with autocommit that has to be sent again, since one of its parents was deleted meanwhile, and is then lost or cancelled:
 * nothing of its first message is committed by then. 20 is there when it is inserted and gone when it is locked; 10 is new.
 */
@Schema("""
        CREATE TABLE bays (id int PRIMARY KEY);
        CREATE SEQUENCE failures;
        CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.id = 20 AND current_setting('application_name') = 'writer' AND nextval('failures') = 1 THEN
                RAISE EXCEPTION 'as if another transaction had won' USING ERRCODE = '40001';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER fail_once AFTER INSERT ON bays FOR EACH ROW EXECUTE FUNCTION fail_once();
        """)
class InterruptedBulkIT {

    private Database database;
    private Session rival;

    @BeforeEach
    void start(Database database) throws SQLException {
        this.database = database;
        database.execute("TRUNCATE bays; ALTER SEQUENCE failures RESTART");
        rival = database.session("rival");
    }

    @Test
    void saysWhatItHasCreatedAfterARunThatWasLost() throws SQLException {
        Running<List<EnsureOutcome>> ensured = sentAgain();
        rival.rollback();
        assertThat(ensured.result()).hasSize(2).hasOnlyElementsOfType(Created.class);
        assertThat(database.queryStrings("SELECT id FROM bays ORDER BY id")).containsExactly("10", "20");
        assertThat(database.queryLong("SELECT last_value FROM failures"))
                .as("runs that inserted 20")
                .isEqualTo(2);
    }

    @Test
    void leavesNothingIfItIsCancelled() throws SQLException {
        Running<List<EnsureOutcome>> ensured = sentAgain();
        database.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'writer'"
                + " AND datname = current_database()");
        assertThat(ensured.sqlState()).isEqualTo("57014");
        rival.rollback();
        assertThat(database.queryLong("SELECT count(*) FROM bays")).isZero();
    }

    /** Returns when the second message waits for the rival, which inserts 20 once more. */
    private Running<List<EnsureOutcome>> sentAgain() throws SQLException {
        Session writer = database.session("writer");
        Guard guard = Guard.of(writer.connection());
        ParentRule bays = ParentRule.on(guard.graph(), "bays").build();
        Gate gate = Gate.afterStatement(database, "bays", "INSERT", "writer");
        rival.begin(Isolation.RC);
        rival.run("INSERT INTO bays VALUES (20)");
        Running<List<EnsureOutcome>> ensured = writer.start(() -> guard.ensureParent(writer.connection())
                .ensureAll(bays, List.of(bays.row(bays.key(10)), bays.row(bays.key(20)))));
        ensured.awaitBlockedBy(rival);
        rival.commit();
        gate.awaitArrival(ensured);
        rival.run("DELETE FROM bays WHERE id = 20");
        rival.begin(Isolation.RC);
        rival.run("INSERT INTO bays VALUES (20)");
        gate.open();
        return ensured.awaitBlockedBy(rival);
    }
}
