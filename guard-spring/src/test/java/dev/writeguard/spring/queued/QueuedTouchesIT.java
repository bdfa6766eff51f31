package dev.writeguard.spring.queued;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.queued.QueuedApplication.Bank;
import dev.writeguard.spring.queued.QueuedApplication.Branch;
import dev.writeguard.spring.queued.QueuedApplication.Identified;
import dev.writeguard.spring.queued.QueuedApplication.Sequenced;
import dev.writeguard.spring.queued.QueuedApplication.Touching;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parents that a callback sets, and that the same flush writes itself. */
@Schema("")
class QueuedTouchesIT {

    private static DoorApplication application;

    private final Database database;

    QueuedTouchesIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = QueuedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void store() throws SQLException {
        database.execute("TRUNCATE bank, branch, touching, sequenced, identified CASCADE;"
                + " INSERT INTO bank (id, version) VALUES (1, 0), (2, 0);"
                + " INSERT INTO branch (id) VALUES (1)");
        application.statements().clear();
    }

    @AfterEach
    void giveNothing() {
        Touching.given = null;
    }

    private static Touching touching(Bank next) {
        var child = new Touching();
        child.next = next;
        return child;
    }

    @Test
    void touchesAManagedParentOnce() throws SQLException {
        application.inTransaction(entities -> {
            Bank bank = entities.find(Bank.class, 1L);
            entities.persist(touching(bank));
            entities.persist(touching(bank));
            entities.flush();
            assertThat(bank.version).isOne();
        });
        assertThat(database.queryStrings("SELECT version::text FROM bank ORDER BY id"))
                .containsExactly("1", "0");
    }

    /** Asked for as soon as the callback was called, it is touched before its own UPDATE is queued. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void touchesAManagedParentThatTheSameFlushChanges(boolean merged) throws SQLException {
        application.inTransaction(entities -> {
            Bank bank = entities.find(Bank.class, 1L);
            bank.title = "changed";
            Branch branch = entities.find(Branch.class, 1L);
            branch.title = "changed";
            Touching child = touching(bank);
            child.nextBranch = branch;
            if (merged) {
                // Transient attributes are not merged: another one gives the callback what it sets.
                Touching.given = child;
                entities.merge(new Touching());
            } else {
                entities.persist(child);
            }
        });
        assertThat(database.queryStrings("SELECT title || version FROM bank WHERE id = 1"))
                .containsExactly("changed2");
        assertThat(database.queryStrings("SELECT title || (last_at IS NOT NULL) FROM branch"))
                .containsExactly("changedtrue");
        assertThat(database.queryStrings("SELECT bank_id::text || branch_id FROM touching"))
                .containsExactly("11");
    }

    /** A change calls it in the flush, when the UPDATE of each parent is queued, here before the child's. */
    @Test
    void touchesAManagedParentThatTheSameFlushChangesForAChangedChild() throws SQLException {
        application.inTransaction(entities -> {
            var child = touching(entities.getReference(Bank.class, 2L));
            entities.persist(child);
            entities.flush();
            Bank bank = entities.find(Bank.class, 1L);
            bank.title = "changed";
            child.next = bank;
            Branch branch = entities.find(Branch.class, 1L);
            branch.title = "changed";
            child.nextBranch = branch;
            child.name = "changed";
        });
        assertThat(database.queryStrings("SELECT title || version FROM bank WHERE id = 1"))
                .containsExactly("changed2");
        assertThat(database.queryStrings("SELECT title || (last_at IS NOT NULL) FROM branch"))
                .containsExactly("changedtrue");
        assertThat(database.queryStrings("SELECT bank_id::text || branch_id FROM touching"))
                .containsExactly("11");
    }

    @Test
    void touchesAManagedParentWhoseChangeIsFlushedBefore() throws SQLException {
        application.inTransaction(entities -> {
            Bank bank = entities.find(Bank.class, 1L);
            bank.title = "changed";
            Branch branch = entities.find(Branch.class, 1L);
            branch.title = "changed";
            entities.flush();
            Touching child = touching(bank);
            child.nextBranch = branch;
            entities.persist(child);
        });
        assertThat(database.queryStrings("SELECT title || version FROM bank WHERE id = 1"))
                .containsExactly("changed2");
        assertThat(database.queryStrings("SELECT title || (last_at IS NOT NULL) FROM branch"))
                .containsExactly("changedtrue");
    }

    /** Kept as it is, the parent may be changed by the same flush. */
    @Test
    void locksAManagedParentThatTheSameFlushChanges() throws SQLException {
        application.inTransaction(entities -> {
            Bank bank = entities.find(Bank.class, 1L);
            bank.title = "changed";
            var child = new Sequenced();
            child.next = bank;
            entities.persist(child);
        });
        assertThat(database.queryStrings("SELECT title || bank_id FROM bank JOIN sequenced s ON bank.id = bank_id"))
                .containsExactly("changed1");
    }

    /** A row that the database numbers is written without it first. */
    @Test
    void writesANewInstanceThatACallbackGivesToARowThatTheDatabaseNumbers() throws SQLException {
        application.inTransaction(entities -> {
            var child = new Identified();
            child.next = new Bank(7);
            child.nextOther = child.next;
            entities.persist(child);
        });
        assertThat(database.queryStrings("SELECT bank_id::text || other_id FROM identified"))
                .containsExactly("77");
    }

    /** Removed in this transaction, and given by a callback. */
    @Test
    void refersToNothingThatTheTransactionRemoves() {
        Throwable thrown = catchThrowable(() -> application.inTransaction(entities -> {
            Bank bank = entities.find(Bank.class, 1L);
            entities.remove(bank);
            var child = new Sequenced();
            child.next = bank;
            entities.persist(child);
        }));
        assertThat(thrown).hasMessageContaining("GRD-118");
    }
}
