package dev.writeguard.spring.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.edges.EdgesApplication.Album;
import dev.writeguard.spring.edges.EdgesApplication.Batch;
import dev.writeguard.spring.edges.EdgesApplication.Both;
import dev.writeguard.spring.edges.EdgesApplication.BothRepository;
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
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.UnexpectedRollbackException;

/** Retries, refusals, deletes and rows that are written again, in the middle of other work. */
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
                "TRUNCATE node, photo, album, album_photos, topic, batch, duo, ticket, ticket_tags, owned, owned_part, plain,"
                        + " card, card_tags, deck, deck_notes, house, guest, of_topic, of_deck, diary, diary_ordered, purse, purse_to, failures CASCADE; ALTER SEQUENCE failed RESTART");
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
    void asksForAParentAgainAfterARollback() throws SQLException {
        // Two transactions of one session: what the first one held the second one asks for again.
        var factory = application.bean(jakarta.persistence.EntityManagerFactory.class);
        try (var entities = factory.createEntityManager()) {
            for (int i = 0; i < 2; i++) {
                entities.getTransaction().begin();
                var ticket = new Ticket();
                ticket.topic = new Topic(1, "t");
                entities.persist(ticket);
                entities.flush();
                entities.clear();
                if (i == 0) {
                    entities.getTransaction().rollback();
                } else {
                    entities.getTransaction().commit();
                }
            }
        }
        assertThat(database.queryLong("SELECT count(*) FROM ticket JOIN topic ON topic.id = topic_id"))
                .isEqualTo(1);
    }

    @Test
    void ensuresForTheRepositoryThatIsCalledAlone() throws SQLException {
        application.bean(EdgesApplication.OfTopicRepository.class).own(5L);
        assertThat(database.queryLong("SELECT count(*) FROM topic")).isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM deck")).isZero();
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
