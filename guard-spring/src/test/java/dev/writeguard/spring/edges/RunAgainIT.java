package dev.writeguard.spring.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.PlannedFailures;
import dev.writeguard.spring.edges.EdgesApplication.Ticket;
import dev.writeguard.spring.edges.EdgesApplication.TicketRepository;
import dev.writeguard.spring.edges.EdgesApplication.Topic;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is stored by a method of a repository that was run again. */
@Schema("")
class RunAgainIT {

    private static DoorApplication application;
    private static PlannedFailures failures;
    private final Database database;

    RunAgainIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) throws SQLException {
        application = EdgesApplication.on(database);
        failures = PlannedFailures.atCommitOf(database, "ticket", "card");
        database.execute("CREATE TABLE purse (amount int); CREATE TABLE purse_to (amount int)");
        failures.andAtUpdateOf("purse_to");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute(
                "TRUNCATE ticket, ticket_tags, topic, card, card_tags, deck, deck_notes, purse, purse_to CASCADE");
        failures.forget();
        application.statements().clear();
    }

    @Test
    void storesTheCollectionsOfARetriedSave() throws SQLException {
        failures.plan(1);
        var ticket = new Ticket();
        ticket.topic = new Topic(1, "t");
        ticket.tags.add("x");
        application.bean(TicketRepository.class).save(ticket);
        assertThat(failures.tries()).isEqualTo(2);
        assertThat(database.queryLong("SELECT count(*) FROM ticket")).isEqualTo(1);
        assertThat(database.queryStrings("SELECT tags FROM ticket_tags")).containsExactly("x");
    }

    @Test
    void storesTheCollectionsOfARetriedSaveWithAnAssignedId() throws SQLException {
        failures.plan(1);
        var card = new EdgesApplication.Card();
        card.id = 1;
        card.deck = new EdgesApplication.Deck(1);
        card.tags.add("x");
        application.bean(EdgesApplication.CardRepository.class).save(card);
        assertThat(database.queryLong("SELECT count(*) FROM card")).isEqualTo(1);
        assertThat(database.queryStrings("SELECT tags FROM card_tags")).containsExactly("x");
    }

    @Test
    void storesTheCollectionsOfAParentOfARetriedSave() throws SQLException {
        failures.plan(1);
        var card = new EdgesApplication.Card();
        card.id = 1;
        card.deck = new EdgesApplication.Deck(1);
        card.deck.notes.add("n");
        application.bean(EdgesApplication.CardRepository.class).save(card);
        assertThat(database.queryLong("SELECT count(*) FROM deck")).isEqualTo(1);
        assertThat(database.queryStrings("SELECT notes FROM deck_notes")).containsExactly("n");
    }

    @Test
    void storesAnIterableThatCanBeReadOnceWhenRetried() throws SQLException {
        failures.plan(1);
        var ticket = new Ticket();
        ticket.topic = new Topic(1, "t");
        var once = List.of(ticket).iterator();
        application.bean(TicketRepository.class).saveAll(() -> once);
        assertThat(failures.tries()).isEqualTo(2);
        assertThat(database.queryLong("SELECT count(*) FROM ticket")).isEqualTo(1);
    }

    @Test
    void doesNotRepeatWhatAMethodWithoutTransactionHasCommitted() throws SQLException {
        failures.plan(4);
        database.execute("INSERT INTO purse VALUES (10); INSERT INTO purse_to VALUES (0)");
        assertThatThrownBy(() -> application.bean(TicketRepository.class).transfer())
                .hasMessageContaining("GRD-701");
        assertThat(failures.tries()).as("runs of the second step").isEqualTo(4);
        assertThat(database.queryLong("SELECT amount FROM purse")).isEqualTo(9);
    }

    /** What the steps call is in a transaction, and the method itself is not. */
    @Test
    void doesNotRepeatWhatAMethodHasCommittedInTransactionsThatItBeganItself() throws SQLException {
        failures.plan(1);
        database.execute("INSERT INTO purse VALUES (10); INSERT INTO purse_to VALUES (0)");
        var each = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
        assertThatThrownBy(() -> application.bean(TicketRepository.class).transfer(each))
                .hasMessageContaining("GRD-701");
        assertThat(failures.tries()).as("runs of the second step").isEqualTo(1);
        assertThat(database.queryLong("SELECT amount FROM purse")).isEqualTo(9);
        assertThat(database.queryLong("SELECT amount FROM purse_to")).isZero();
    }
}
