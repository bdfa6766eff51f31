package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.StatementLog;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction of its own between two writes of another: neither knows what the other has asked for. */
@Schema(Reading.SCHEMA)
class InnerTransactionIT {

    private final Database database;

    InnerTransactionIT(Database database) {
        this.database = database;
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE rooms, readings; INSERT INTO rooms VALUES (1, 'a')");
    }

    @Test
    void asksForItselfAndLeavesTheMemoryOfTheOuterOne() {
        assertThat(sentToRooms((context, sent) -> inTransaction(context, entities -> {
                    write(entities, 1);
                    sent.add("inner");
                    inNewTransaction(context, false, inner -> {
                        write(inner, 1);
                        write(inner, 1);
                    });
                    sent.add("outer");
                    write(entities, 1);
                })))
                .containsExactly("lock rooms", "inner", "lock rooms", "outer");
    }

    @Test
    void leavesTheMemoryOfTheOuterOneAlsoWhenItIsRolledBack() {
        assertThat(sentToRooms((context, sent) -> inTransaction(context, entities -> {
                    write(entities, 1);
                    sent.add("inner");
                    inNewTransaction(context, true, inner -> write(inner, 1));
                    sent.add("outer");
                    write(entities, 1);
                })))
                .containsExactly("lock rooms", "inner", "lock rooms", "outer");
    }

    @Test
    void leavesNothingInTheOuterOneOfAParentThatIsGoneWithItsRollback() throws SQLException {
        assertThat(sentToRooms((context, sent) -> inTransaction(context, entities -> {
                    write(entities, 1);
                    sent.add("inner");
                    inNewTransaction(context, true, inner -> write(inner, 2));
                    sent.add("outer");
                    write(entities, 2);
                })))
                .containsExactly(
                        "lock rooms", "inner", "lock rooms", "ensure rooms", "outer", "lock rooms", "ensure rooms");
        assertThat(database.queryStrings("SELECT id FROM rooms ORDER BY id")).containsExactly("1", "2");
        assertThat(database.queryLong("SELECT count(*) FROM readings")).isEqualTo(2);
    }

    /** What is done, with what is sent to the parents' table, and the words of the test, in order. */
    private List<String> sentToRooms(Work work) {
        List<String> all = new ArrayList<>();
        Applications.of(database, Room.class, Reading.class).run(context -> {
            StatementLog log = context.getBean(StatementLog.class);
            log.clear();
            work.in(context, new Steps(all, log));
            new Steps(all, log).add("end");
        });
        return all.subList(0, all.size() - 1);
    }

    @FunctionalInterface
    private interface Work {
        void in(ApplicationContext context, Steps steps);
    }

    private record Steps(List<String> all, StatementLog log) {

        void add(String step) {
            all.addAll(log.statements().stream()
                    .filter(sent -> sent.endsWith(" rooms"))
                    .toList());
            log.clear();
            all.add(step);
        }
    }

    private static void write(EntityManager entities, long room) {
        entities.persist(new Reading(entities.getReference(Room.class, room)));
        entities.flush();
    }

    private static void inTransaction(ApplicationContext context, Consumer<EntityManager> work) {
        Applications.inTransaction(context, work);
    }

    private static void inNewTransaction(ApplicationContext context, boolean rollback, Consumer<EntityManager> work) {
        var transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(status -> {
            work.accept(context.getBean(EntityManager.class));
            if (rollback) {
                status.setRollbackOnly();
            }
        });
    }
}
