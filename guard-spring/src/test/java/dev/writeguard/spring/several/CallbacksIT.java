package dev.writeguard.spring.several;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Rivals;
import dev.writeguard.spring.several.Banks.Account;
import dev.writeguard.spring.several.Banks.Bank;
import dev.writeguard.spring.several.Banks.Completing;
import dev.writeguard.spring.several.Banks.Entry;
import dev.writeguard.spring.several.Banks.Posting;
import dev.writeguard.spring.several.PairsOfTopics.Stated;
import dev.writeguard.spring.several.Topics.Topic;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Associations that a callback of the child sets, and orders of locks. */
@Schema("")
class CallbacksIT {

    private static DoorApplication application;
    private final Database database;

    CallbacksIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = SeveralApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        SeveralApplication.empty(database);
        application.statements().clear();
    }

    @Test
    void ensuresTheReferenceThatACallbackGivesToANewChild() throws SQLException {
        application.inTransaction(entities -> {
            var child = new Completing();
            child.next = entities.getReference(Bank.class, 1L);
            entities.persist(child);
        });
        assertThat(database.queryStrings("SELECT bank_id::text FROM completing"))
                .containsExactly("1");
    }

    @Test
    void ensuresTheInstanceThatACallbackGivesToANewChild() throws SQLException {
        application.inTransaction(entities -> {
            var child = new Completing();
            child.next = new Bank(1);
            entities.persist(child);
        });
        assertThat(database.queryStrings("SELECT bank_id::text FROM completing"))
                .containsExactly("1");
    }

    @Test
    void ensuresTheReferenceThatACallbackGivesToAChangedChild() throws SQLException {
        database.execute("INSERT INTO completing (id, name) VALUES (1, 'a')");
        application.inTransaction(entities -> {
            Completing child = entities.find(Completing.class, 1L);
            child.next = entities.getReference(Bank.class, 1L);
            child.name = "b";
        });
        assertThat(database.queryStrings("SELECT bank_id::text FROM completing"))
                .containsExactly("1");
    }

    @Test
    void letsNoTwoStatedChildrenDeadlock() throws Exception {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0)");
        IntFunction<Runnable> work = i -> () -> application.inTransaction(entities -> {
            var stated = new Stated();
            stated.a = new Topic(1, "t");
            stated.b = stated.a;
            entities.persist(stated);
        });
        var f = Rivals.rounds(10, work, work);
        f.forEach(Throwable::printStackTrace);
        assertThat(f).isEmpty();
    }

    @Test
    void letsNoParentOfAParentDeadlock() throws Exception {
        assertThat(Rivals.rounds(
                        20,
                        i -> () -> application.inTransaction(entities -> {
                            var posting = new Posting();
                            posting.account = new Account();
                            posting.account.id = i;
                            posting.account.name = "n";
                            posting.bank = new Bank(i);
                            entities.persist(posting);
                        }),
                        i -> () -> application.inTransaction(entities -> {
                            var entry = new Entry();
                            entry.account = new Account();
                            entry.account.id = i;
                            entry.account.name = "n";
                            entry.account.bank = new Bank(i);
                            entities.persist(entry);
                        })))
                .isEmpty();
    }
}
