package dev.writeguard.spring.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
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
    private final Database database;

    RunAgainIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) throws SQLException {
        application = EdgesApplication.on(database);
        database.execute("""
            CREATE TABLE purse (amount int); CREATE TABLE purse_to (amount int);
            CREATE TABLE failures (times int);
            CREATE SEQUENCE failed;
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE planned failures;
            BEGIN
                SELECT * INTO planned FROM failures;
                IF FOUND AND nextval('failed') <= planned.times THEN
                    RAISE EXCEPTION 'as planned' USING ERRCODE = '40001';
                END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON ticket DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail();
            CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON card DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail();
            CREATE TRIGGER fail AFTER UPDATE ON purse_to FOR EACH STATEMENT EXECUTE FUNCTION fail();
            """);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute(
                "TRUNCATE ticket, ticket_tags, topic, card, card_tags, deck, deck_notes, purse, purse_to, failures CASCADE; ALTER SEQUENCE failed RESTART");
        application.statements().clear();
    }

    @Test
    void storesTheCollectionsOfARetriedSave() throws SQLException {
        database.execute("INSERT INTO failures VALUES (1)");
        var ticket = new Ticket();
        ticket.topic = new Topic(1, "t");
        ticket.tags.add("x");
        application.bean(TicketRepository.class).save(ticket);
        assertThat(database.queryLong("SELECT last_value FROM failed")).isEqualTo(2);
        assertThat(database.queryLong("SELECT count(*) FROM ticket")).isEqualTo(1);
        assertThat(database.queryStrings("SELECT tags FROM ticket_tags")).containsExactly("x");
    }

    @Test
    void storesTheCollectionsOfARetriedSaveWithAnAssignedId() throws SQLException {
        database.execute("INSERT INTO failures VALUES (1)");
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
        database.execute("INSERT INTO failures VALUES (1)");
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
        database.execute("INSERT INTO failures VALUES (1)");
        var ticket = new Ticket();
        ticket.topic = new Topic(1, "t");
        var once = List.of(ticket).iterator();
        application.bean(TicketRepository.class).saveAll(() -> once);
        assertThat(database.queryLong("SELECT last_value FROM failed")).isEqualTo(2);
        assertThat(database.queryLong("SELECT count(*) FROM ticket")).isEqualTo(1);
    }

    @Test
    void doesNotRepeatWhatAMethodWithoutTransactionHasCommitted() throws SQLException {
        database.execute(
                "INSERT INTO failures VALUES (4); INSERT INTO purse VALUES (10); INSERT INTO purse_to VALUES (0)");
        assertThatThrownBy(() -> application.bean(TicketRepository.class).transfer())
                .hasMessageContaining("GRD-701");
        assertThat(database.queryLong("SELECT last_value FROM failed"))
                .as("runs of the second step")
                .isEqualTo(4);
        assertThat(database.queryLong("SELECT amount FROM purse")).isEqualTo(9);
    }

    /** What the steps call is in a transaction, and the method itself is not. */
    @Test
    void doesNotRepeatWhatAMethodHasCommittedInTransactionsThatItBeganItself() throws SQLException {
        database.execute(
                "INSERT INTO failures VALUES (1); INSERT INTO purse VALUES (10); INSERT INTO purse_to VALUES (0)");
        var each = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
        assertThatThrownBy(() -> application.bean(TicketRepository.class).transfer(each))
                .hasMessageContaining("GRD-701");
        assertThat(database.queryLong("SELECT last_value FROM failed"))
                .as("runs of the second step")
                .isEqualTo(1);
        assertThat(database.queryLong("SELECT amount FROM purse")).isEqualTo(9);
        assertThat(database.queryLong("SELECT amount FROM purse_to")).isZero();
    }
}
