package dev.writeguard.spring.ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.ordered.OrderedApplication.Account;
import dev.writeguard.spring.ordered.OrderedApplication.Entry;
import dev.writeguard.spring.ordered.OrderedApplication.Ledger;
import dev.writeguard.spring.ordered.OrderedApplication.Remark;
import dev.writeguard.spring.ordered.OrderedApplication.Transfer;
import dev.writeguard.spring.ordered.OrderedApplication.TransferRepository;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

/** Parents that one write needs are locked together and in one order, whatever refers to them. */
@Schema("")
class LockOrderIT {

    private static final int TRANSFERS = 150;

    private static DoorApplication application;
    private final Database database;

    LockOrderIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = OrderedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE transfer, entry, remark, account, ledger CASCADE;"
                + " INSERT INTO account (id, name, version) VALUES (1, 'account 1', 0), (2, 'account 2', 0)");
        application.statements().clear();
    }

    @Test
    void touchesTwoParentsOfOneChildInOneMessage() {
        application.inTransaction(entities -> entities.persist(new Transfer(new Account(2), new Account(1))));
        assertThat(sent()).containsExactly("ensure account", "insert transfer x1");
    }

    @Test
    void touchesTwoParentsOfOneStatelessRowInOneMessage() throws SQLException {
        var factory = application.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
        factory.inStatelessTransaction(session -> session.insert(new Transfer(new Account(2), new Account(1))));
        assertThat(sent()).containsExactly("with account", "insert transfer");
        assertThat(versions()).containsExactly("1 1", "2 1");
    }

    @Test
    void touchesTwoParentsOfOneCallInOneMessage() throws SQLException {
        application.bean(TransferRepository.class).insert(7, 2, 1);
        assertThat(sent()).containsExactly("with account", "insert transfer");
        assertThat(versions()).containsExactly("1 1", "2 1");
    }

    @Test
    void ensuresParentsOfManyManagedChildrenInOneMessage() throws SQLException {
        database.execute("INSERT INTO entry (id) VALUES (1), (2), (3)");
        application.inTransaction(entities -> {
            List<Entry> entries =
                    entities.createQuery("from Entry order by id", Entry.class).getResultList();
            application.statements().clear();
            for (int i = 0; i < entries.size(); i++) {
                entries.get(i).a = new Account(10 - i);
            }
        });
        assertThat(sent()).containsExactly("ensure account", "update entry x3");
        assertThat(database.queryStrings("SELECT a_id::text FROM entry ORDER BY id"))
                .containsExactly("10", "9", "8");
    }

    @Test
    void locksTablesInOneOrder() {
        application.inTransaction(entities -> {
            var entry = new Entry();
            entry.a = new Account(3);
            entry.b = new Ledger(3);
            entities.persist(entry);
        });
        assertThat(sent()).startsWith("ensure account", "ensure ledger");
        application.statements().clear();
        application.inTransaction(entities -> {
            var remark = new Remark();
            remark.a = new Ledger(4);
            remark.b = new Account(4);
            entities.persist(remark);
        });
        assertThat(sent()).startsWith("ensure account", "ensure ledger");
    }

    @Test
    void letsNoTwoTransfersDeadlock() throws Exception {
        assertThat(failures((entities, accounts) ->
                        entities.persist(new Transfer(new Account(accounts.get(0)), new Account(accounts.get(1))))))
                .isEmpty();
        assertThat(versions()).containsExactly("1 " + 2 * TRANSFERS, "2 " + 2 * TRANSFERS);
    }

    /** What one child needs is gathered; what two children need that are persisted one by one is not. */
    @Test
    void typesTheDeadlockOfParentsThatAreAskedForOneByOne() throws Exception {
        var both = new CyclicBarrier(2);
        List<Throwable> failures = concurrently(() -> oneByOne(1, 2, both), () -> oneByOne(2, 1, both));
        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        CannotAcquireLockException.class,
                        failure -> assertThat(failure).hasMessageContaining("40P01"));
    }

    private static @Nullable Throwable oneByOne(long first, long second, CyclicBarrier both) {
        return catchThrowable(() -> application.inTransaction(entities -> {
            entities.persist(new Transfer(new Account(first), new Account(first)));
            await(both);
            entities.persist(new Transfer(new Account(second), new Account(second)));
        }));
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await(30, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<Throwable> failures(BiConsumer<EntityManager, List<Long>> transfer) throws Exception {
        return concurrently(() -> transfers(transfer, List.of(1L, 2L)), () -> transfers(transfer, List.of(2L, 1L)));
    }

    private static @Nullable Throwable transfers(BiConsumer<EntityManager, List<Long>> transfer, List<Long> accounts) {
        return catchThrowable(() -> {
            for (int i = 0; i < TRANSFERS; i++) {
                application.inTransaction(entities -> transfer.accept(entities, accounts));
            }
        });
    }

    @SafeVarargs
    private static List<Throwable> concurrently(Callable<? extends @Nullable Throwable>... works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.length);
        try {
            List<Future<? extends @Nullable Throwable>> running = new ArrayList<>();
            for (var work : works) {
                running.add(threads.submit(work));
            }
            List<Throwable> failures = new ArrayList<>();
            for (var each : running) {
                Throwable failure = each.get(60, TimeUnit.SECONDS);
                if (failure != null) {
                    failures.add(failure);
                }
            }
            return failures;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Without the numbers for ids, which come many at a time. */
    private static List<String> sent() {
        return application.statements().statements().stream()
                .filter(statement -> !statement.endsWith("_seq"))
                .toList();
    }

    private List<String> versions() throws SQLException {
        return database.queryStrings("SELECT id || ' ' || version FROM account ORDER BY id");
    }
}
