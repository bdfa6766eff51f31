package dev.writeguard.spring.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.edges.EdgesApplication.Album;
import dev.writeguard.spring.edges.EdgesApplication.Both;
import dev.writeguard.spring.edges.EdgesApplication.Node;
import dev.writeguard.spring.edges.EdgesApplication.NodeRepository;
import dev.writeguard.spring.edges.EdgesApplication.Owned;
import dev.writeguard.spring.edges.EdgesApplication.OwnedPart;
import dev.writeguard.spring.edges.EdgesApplication.Photo;
import dev.writeguard.spring.edges.EdgesApplication.Plain;
import dev.writeguard.spring.edges.EdgesApplication.Ticket;
import dev.writeguard.spring.edges.EdgesApplication.TicketRepository;
import dev.writeguard.spring.edges.EdgesApplication.Topic;
import dev.writeguard.spring.jpa.EntityEnsureParent;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes, touches, tenants and ordered rows, in the middle of other work. */
@Schema("")
class EdgesIT {

    private static DoorApplication application;
    private final Database database;

    EdgesIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) throws SQLException {
        application = EdgesApplication.on(database);
        database.execute("CREATE TABLE purse (amount int)");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute(
                "TRUNCATE node, photo, album, album_photos, topic, batch, duo, ticket, ticket_tags, owned, owned_part, plain,"
                        + " card, card_tags, deck, deck_notes, house, guest, of_topic, of_deck, diary, diary_ordered CASCADE");
        application.statements().clear();
    }

    @Test
    void savesAllOfAChainWithItsReferences() throws SQLException {
        var root = new Node(1, null);
        var mid = new Node(2, root);
        var leaf = new Node(3, mid);
        application.bean(NodeRepository.class).saveAll(List.of(root, mid, leaf));
        assertThat(database.queryStrings(
                        "SELECT id || ' ' || coalesce(parent_id::text, '-') || ' ' || version FROM node ORDER BY id"))
                .containsExactly("1 - 0", "2 1 0", "3 2 0");
    }

    @Test
    void guardsKeptElementsOfABag() throws SQLException {
        database.execute("INSERT INTO photo VALUES (1), (2), (3); INSERT INTO album VALUES (1);"
                + " INSERT INTO album_photos (album_id, photos_id) VALUES (1, 1), (1, 2)");
        Throwable failure = catchThrowable(() -> application.inTransaction(entities -> {
            Album album = entities.find(Album.class, 1L);
            album.photos.size();
            try {
                database.execute("DELETE FROM album_photos WHERE photos_id = 1; DELETE FROM photo WHERE id = 1");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            album.photos.add(entities.find(Photo.class, 3L));
        }));
        assertThat(failure).hasMessageContaining("GRD-119");
    }

    @Test
    void writesAParentAgainThatWasDeletedInTheSameTransaction() throws SQLException {
        application.inTransaction(entities -> {
            var ticket = new Ticket();
            ticket.topic = new Topic(1, "first");
            entities.persist(ticket);
            entities.flush();
            entities.remove(ticket);
            entities.remove(ticket.topic);
            entities.flush();
            var next = new Ticket();
            next.topic = new Topic(1, "second");
            entities.persist(next);
        });
        assertThat(database.queryStrings("SELECT title FROM ticket JOIN topic ON topic.id = topic_id"))
                .containsExactly("second");
    }

    @Test
    void writesAParentAgainThatWasDeletedByAQueryInTheSameTransaction() throws SQLException {
        application.inTransaction(entities -> {
            var ticket = new Ticket();
            ticket.topic = new Topic(1, "first");
            entities.persist(ticket);
            entities.flush();
            entities.createQuery("delete from Ticket").executeUpdate();
            entities.createNativeQuery("delete from topic").executeUpdate();
            entities.clear();
            var next = new Ticket();
            next.topic = new Topic(1, "second");
            entities.persist(next);
        });
        assertThat(database.queryStrings("SELECT title FROM topic")).containsExactly("second");
    }

    /** Nobody is told of such a rollback, and the foreign key has the last word; without the context all is asked again. */
    @Test
    void writesAParentAgainThatWentWithASavepointOnceTheContextIsCleared() throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> afterASavepoint(entities, () -> {})))
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
        application.inTransaction(entities -> afterASavepoint(entities, entities::clear));
        assertThat(database.queryStrings("SELECT title FROM ticket JOIN topic ON topic.id = topic_id"))
                .containsExactly("second");
    }

    private static void afterASavepoint(EntityManager entities, Runnable meanwhile) {
        var session = entities.unwrap(org.hibernate.Session.class);
        Savepoint before = session.doReturningWork(Connection::setSavepoint);
        var ticket = new Ticket();
        ticket.topic = new Topic(1, "first");
        entities.persist(ticket);
        entities.flush();
        session.doWork(connection -> connection.rollback(before));
        meanwhile.run();
        var next = new Ticket();
        next.topic = new Topic(1, "second");
        entities.persist(next);
        entities.flush();
    }

    @Test
    void refusesAMethodWithoutTransaction() {
        application.statements().clear();
        assertThatThrownBy(() -> application.bean(TicketRepository.class).insertReturning(5L))
                .isInstanceOf(IllegalTransactionStateException.class)
                .hasMessageContaining("add @Transactional");
        assertThat(application.statements().statements()).isEmpty();
        application.bean(GuardModes.class).set(GuardMode.OBSERVE);
        try {
            // Observed, it is as without Guard.
            assertThatThrownBy(() -> application.bean(TicketRepository.class).insertReturning(5L))
                    .isInstanceOf(DataIntegrityViolationException.class);
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
    }

    /** A transaction of another manager would commit the parent and the statement one by one. */
    @Test
    void refusesAMethodInATransactionOfAnotherManager() throws SQLException {
        var other = new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
        assertThatThrownBy(() -> other.execute(
                        status -> application.bean(TicketRepository.class).insertReturning(5L)))
                .isInstanceOf(IllegalTransactionStateException.class)
                .hasMessageContaining("add @Transactional");
        assertThat(application.statements().statements()).isEmpty();
        assertThat(database.queryLong("SELECT count(*) FROM topic")).isZero();
    }

    @Test
    void refusesAnEntityOfAnotherClass() throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    Object ensured = application
                            .bean(EntityEnsureParent.class)
                            .of(Ticket.class, "topic")
                            .ensure((Object) new Plain());
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Plain");
        assertThat(application.statements().statements()).isEmpty();
    }

    @Test
    void refusesAMixOfEntities() throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> application
                        .bean(EntityEnsureParent.class)
                        .ensureAll(List.<Object>of(new Topic(1, "t"), new Plain()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Plain");
        assertThat(database.queryLong("SELECT count(*) FROM topic")).isZero();
    }

    @Test
    void refersToNoParentOfAnotherTenant() throws SQLException {
        database.execute("INSERT INTO owned (id, tenant) VALUES (1, 'two')");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    var part = new OwnedPart();
                    part.owned = new Owned(1);
                    entities.persist(part);
                }))
                .hasMessageContaining("GRD-107");
        assertThat(database.queryLong("SELECT count(*) FROM owned_part")).isZero();
    }

    @Test
    void sharesNoEmbeddableOfATouch() throws SQLException {
        database.execute("INSERT INTO house (id, version, town) VALUES (1, 3, 'old')");
        application.inTransaction(entities -> {
            var managed = entities.find(EdgesApplication.House.class, 1L);
            var given = new EdgesApplication.House();
            given.id = 1;
            given.place = new EdgesApplication.Place();
            given.place.town = "new";
            var guest = new EdgesApplication.Guest();
            guest.house = given;
            entities.persist(guest);
            assertThat(managed.place).isNotSameAs(given.place);
        });
    }

    @Test
    void raisesTheVersionOfAReadOnlyInstance() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'a', 7)");
        application.inTransaction(entities -> {
            var managed = entities.find(Topic.class, 1L);
            var session = entities.unwrap(org.hibernate.Session.class);
            session.setReadOnly(managed, true);
            var both = new Both();
            both.aTouched = managed;
            entities.persist(both);
            entities.flush();
            session.setReadOnly(managed, false);
            managed.title = "changed";
        });
        assertThat(database.queryStrings("SELECT title || ' ' || version FROM topic"))
                .containsExactly("changed 9");
    }

    @Test
    void writesNothingWhereHibernateDoesNotFlush() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'a', 7);"
                + " INSERT INTO ticket (id, name, topic_id) VALUES (1, 'n', 1)");
        application.inTransaction(entities -> {
            entities.unwrap(org.hibernate.Session.class).setHibernateFlushMode(org.hibernate.FlushMode.MANUAL);
            Ticket ticket = entities.find(Ticket.class, 1L);
            ticket.topic = new Topic(9, "never");
            entities.createQuery("from Photo").getResultList();
        });
        assertThat(database.queryLong("SELECT count(*) FROM topic WHERE id = 9"))
                .isZero();
    }

    @Test
    void touchesWithTheValueOfEachChild() throws SQLException {
        database.execute("INSERT INTO house (id, version, town) VALUES (1, 3, 'old')");
        application.bean(EdgesApplication.GuestRepository.class).saveAll(List.of(guest("a"), guest("b")));
        assertThat(database.queryStrings("SELECT town FROM house")).containsExactly("b");
    }

    private static EdgesApplication.Guest guest(String town) {
        var given = new EdgesApplication.House();
        given.id = 1;
        given.place = new EdgesApplication.Place();
        given.place.town = town;
        var guest = new EdgesApplication.Guest();
        guest.house = given;
        return guest;
    }

    @Test
    void guardsRowsOfAnOrderedListThatMove() throws SQLException {
        database.execute(
                "INSERT INTO photo VALUES (1), (2), (3); INSERT INTO diary VALUES (1);"
                        + " INSERT INTO diary_ordered (diary_id, ordered_id, ordered_order) VALUES (1, 1, 0), (1, 2, 1), (1, 3, 2)");
        Throwable failure = catchThrowable(() -> application.inTransaction(entities -> {
            var diary = entities.find(EdgesApplication.Diary.class, 1L);
            diary.ordered.size();
            try {
                database.execute("DELETE FROM diary_ordered WHERE ordered_id = 3; DELETE FROM photo WHERE id = 3");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            diary.ordered.remove(0);
        }));
        assertThat(failure).hasMessageContaining("GRD-119");
    }

    /** The control: Hibernate alone. */
    @Test
    void savesAllOfAChainWithItsReferencesWithGuardOff() throws SQLException {
        var modes = application.bean(dev.writeguard.spring.rule.GuardModes.class);
        modes.set(dev.writeguard.rule.GuardMode.OFF);
        try {
            var root = new Node(1, null);
            var mid = new Node(2, root);
            var leaf = new Node(3, mid);
            application.bean(NodeRepository.class).saveAll(List.of(root, mid, leaf));
        } finally {
            modes.set(dev.writeguard.rule.GuardMode.ENFORCE);
        }
        assertThat(database.queryStrings(
                        "SELECT id || ' ' || coalesce(parent_id::text, '-') || ' ' || version FROM node ORDER BY id"))
                .containsExactly("1 - 0", "2 1 0", "3 2 0");
    }

    /** The control: one after the other. */
    @Test
    void touchesWithTheValueOfTheLastChild() throws SQLException {
        database.execute("INSERT INTO house (id, version, town) VALUES (1, 3, 'old')");
        application.inTransaction(entities -> {
            entities.persist(guest("a"));
            entities.persist(guest("b"));
        });
        assertThat(database.queryStrings("SELECT town FROM house")).containsExactly("b");
    }

    @Test
    void createsNoOwnerByHand() throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    var album = new Album();
                    album.id = 5;
                    application
                            .bean(EntityEnsureParent.class)
                            .of(Album.class, "photos (owner)")
                            .ensure(album);
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(database.queryLong("SELECT count(*) FROM album")).isZero();
    }

    @Test
    void ensuresForTheRepositoryThatIsCalledAlone() throws SQLException {
        application.bean(EdgesApplication.OfTopicRepository.class).own(5L);
        assertThat(database.queryLong("SELECT count(*) FROM topic")).isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM deck")).isZero();
    }
}
