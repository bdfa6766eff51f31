package dev.writeguard.spring.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.edges.EdgesApplication.Ticket;
import dev.writeguard.spring.edges.EdgesApplication.Topic;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.RollbackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One persistence context and several transactions: what one of them held, the next one does not. */
@Schema("")
class NextTransactionIT {

    private static DoorApplication application;
    private final Database database;

    NextTransactionIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) throws SQLException {
        application = EdgesApplication.on(database);
        database.execute("""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'as planned' USING ERRCODE = '40001';
            END $$;
            CREATE TABLE doomed (id int);
            CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON doomed DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail();
            """);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE ticket, topic CASCADE");
        application.statements().clear();
    }

    @Test
    void locksAgainAfterACommit() {
        try (EntityManager entities = newContext()) {
            write(new Topic(1, "given"), entities);
            write(entities.find(Topic.class, 1L), entities);
        }
        assertThat(writes()).containsExactly("ensure topic", "insert ticket x1", "lock topic", "insert ticket x1");
    }

    /** Hibernate has cleared the context by then. */
    @Test
    void writesAParentAgainWhoseCommitHasFailed() throws SQLException {
        var topic = new Topic(1, "given");
        try (EntityManager entities = newContext()) {
            assertThatThrownBy(() -> writeAndFail(topic, entities)).isInstanceOf(RollbackException.class);
            write(topic, entities);
        }
        assertThat(database.queryStrings("SELECT title FROM ticket JOIN topic ON topic.id = topic_id"))
                .containsExactly("given");
    }

    @Test
    void writesAParentAgainThatWasRolledBack() throws SQLException {
        var topic = new Topic(1, "given");
        try (EntityManager entities = newContext()) {
            entities.getTransaction().begin();
            entities.persist(ticketOf(topic));
            entities.flush();
            entities.getTransaction().rollback();
            write(topic, entities);
        }
        assertThat(database.queryStrings("SELECT title FROM ticket JOIN topic ON topic.id = topic_id"))
                .containsExactly("given");
    }

    /** One that was there before, and somebody has deleted since. */
    @Test
    void missesAReferenceThatWasHeldBefore() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'stored', 0)");
        try (EntityManager entities = newContext()) {
            write(entities.find(Topic.class, 1L), entities);
            database.execute("TRUNCATE ticket, topic CASCADE");
            assertThatThrownBy(() -> write(entities.find(Topic.class, 1L), entities))
                    .hasStackTraceContaining("GRD-119");
        }
    }

    /** Nobody tells Hibernate when its transaction ends, so nothing is remembered. */
    @Test
    void asksEachTimeOnAConnectionThatItWasGiven() throws SQLException {
        var factory = application.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
        try (Connection connection = application.bean(DataSource.class).getConnection();
                StatelessSession session =
                        factory.withStatelessOptions().connection(connection).openStatelessSession()) {
            connection.setAutoCommit(false);
            session.insert(ticketOf(new Topic(1, "first")));
            connection.commit();
            database.execute("TRUNCATE ticket, topic CASCADE");
            session.insert(ticketOf(new Topic(1, "second")));
            connection.commit();
        }
        assertThat(writes()).containsExactly("ensure topic", "insert ticket", "ensure topic", "insert ticket");
        assertThat(database.queryStrings("SELECT title FROM ticket JOIN topic ON topic.id = topic_id"))
                .containsExactly("second");
    }

    private static EntityManager newContext() {
        return application.bean(EntityManagerFactory.class).createEntityManager();
    }

    private static void write(Topic topic, EntityManager entities) {
        entities.getTransaction().begin();
        entities.persist(ticketOf(topic));
        entities.getTransaction().commit();
    }

    private static void writeAndFail(Topic topic, EntityManager entities) {
        entities.getTransaction().begin();
        entities.persist(ticketOf(topic));
        entities.createNativeQuery("INSERT INTO doomed VALUES (1)").executeUpdate();
        entities.getTransaction().commit();
    }

    /** The numbers of tickets are fetched now and then. */
    private static List<String> writes() {
        return application.statements().statements().stream()
                .filter(statement -> !statement.startsWith("select"))
                .toList();
    }

    private static Ticket ticketOf(Topic topic) {
        var ticket = new Ticket();
        ticket.topic = topic;
        return ticket;
    }
}
