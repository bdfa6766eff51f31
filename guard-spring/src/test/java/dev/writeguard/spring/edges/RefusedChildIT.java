package dev.writeguard.spring.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.edges.EdgesApplication.Batch;
import dev.writeguard.spring.edges.EdgesApplication.Both;
import dev.writeguard.spring.edges.EdgesApplication.BothRepository;
import dev.writeguard.spring.edges.EdgesApplication.Ticket;
import dev.writeguard.spring.edges.EdgesApplication.TicketRepository;
import dev.writeguard.spring.edges.EdgesApplication.Topic;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.UnexpectedRollbackException;

/** What a refused child, and a failed merge, leave behind: nothing. */
@Schema("")
class RefusedChildIT {

    private static DoorApplication application;
    private final Database database;

    RefusedChildIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = EdgesApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE topic, batch, duo, ticket, ticket_tags CASCADE");
        application.statements().clear();
    }

    @Test
    void leavesNoTouchOfARefusedChild() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'a', 7), (2, 'b', 7)");
        var both = new Both();
        both.aTouched = new Topic(1, "a");
        both.cMatched = new Topic(2, "other");
        assertThatThrownBy(() -> application.bean(BothRepository.class).save(both))
                .hasMessageContaining("GRD-107");
        assertThat(database.queryStrings("SELECT version::text FROM topic ORDER BY id"))
                .containsExactly("7", "7");
    }

    @Test
    void leavesNoTouchOfARefusedChildInOneSaveAll() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'a', 7), (2, 'b', 7)");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    var good = new Both();
                    good.aTouched = entities.find(Topic.class, 1L);
                    var bad = new Both();
                    bad.cMatched = new Topic(2, "other");
                    assertThatThrownBy(
                                    () -> application.bean(BothRepository.class).saveAll(List.of(good, bad)))
                            .hasMessageContaining("GRD-107");
                }))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(database.queryStrings("SELECT version::text FROM topic ORDER BY id"))
                .containsExactly("7", "7");
    }

    @Test
    void leavesNoParentOfARefusedChild() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (2, 'b', 7)");
        var both = new Both();
        both.bBatch = new Batch();
        both.cMatched = new Topic(2, "other");
        assertThatThrownBy(() -> application.bean(BothRepository.class).save(both))
                .hasMessageContaining("GRD-107");
        assertThat(database.queryLong("SELECT count(*) FROM batch")).isZero();
    }

    @Test
    void givesARefusedChildItsParentsBack() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'a', 7), (2, 'b', 7)");
        var both = new Both();
        Topic given = new Topic(1, "a");
        both.aTouched = given;
        both.cMatched = new Topic(2, "other");
        assertThatThrownBy(() -> application.bean(BothRepository.class).save(both))
                .hasMessageContaining("GRD-107");
        assertThat(both.aTouched).isSameAs(given);
    }

    @Test
    void givesARefusedChildItsParentsBackInATransactionOfTheCaller() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'a', 7), (2, 'b', 7)");
        var both = new Both();
        Topic given = new Topic(1, "a");
        both.aTouched = given;
        both.cMatched = new Topic(2, "other");
        assertThatThrownBy(() -> application.inTransaction(entities -> assertThatThrownBy(
                                () -> application.bean(BothRepository.class).save(both))
                        .hasMessageContaining("GRD-107")))
                .as("the first parent has been touched")
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(both.aTouched).isSameAs(given);
    }

    @Test
    void leavesTheInstanceOfAFailedMergeAsItWas() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'a', 7)");
        var ticket = new Ticket();
        ticket.id = 4711L;
        ticket.topic = new Topic(1, "given");
        var given = ticket.topic;
        assertThatThrownBy(() -> application.bean(TicketRepository.class).save(ticket))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(ticket.topic).isSameAs(given);
    }

    @Test
    void leavesTheInstanceOfAFailedMergeAsItWasInATransactionOfTheCaller() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'a', 7)");
        var ticket = new Ticket();
        ticket.id = 4711L;
        ticket.topic = new Topic(1, "given");
        var given = ticket.topic;
        assertThatThrownBy(() -> application.inTransaction(entities -> entities.merge(ticket)))
                .isInstanceOf(OptimisticLockException.class);
        assertThat(ticket.topic).isSameAs(given);
    }
}
