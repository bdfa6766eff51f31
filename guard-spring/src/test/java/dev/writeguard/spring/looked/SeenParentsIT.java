package dev.writeguard.spring.looked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.looked.LookedApplication.Hall;
import dev.writeguard.spring.looked.LookedApplication.Label;
import dev.writeguard.spring.looked.LookedApplication.Seat;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A parent that was there once is looked for first the next time, and nothing is lost if it is not there any more. */
@Schema("")
class SeenParentsIT {

    private static DoorApplication application;

    /** No test has seen what another one has. */
    private static final AtomicLong IDS = new AtomicLong(100);

    private final Database database;
    private final long id = IDS.incrementAndGet();
    private final String word = "word " + id;

    SeenParentsIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = LookedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE seat, hall, label CASCADE");
    }

    private Seat seat(int seat) {
        var inHall = new Seat(seat);
        inHall.another = new Hall(id, "given");
        return inHall;
    }

    private Seat labelled(int seat) {
        var labelled = new Seat(seat);
        labelled.other = new Label(word);
        return labelled;
    }

    private void persist(Seat seat) {
        application.statements().clear();
        application.inTransaction(entities -> entities.persist(seat));
    }

    private void assertThatItSent(String... statements) {
        assertThat(application.statements().statements()).containsExactly(statements);
    }

    private void store() throws SQLException {
        database.execute("INSERT INTO hall VALUES (" + id + ", 'stored'); INSERT INTO label (id, word) VALUES (-" + id
                + ", '" + word + "')");
    }

    private void storeAndSee() throws SQLException {
        store();
        persist(seat(1));
        assertThatItSent("ensure hall", "insert seat x1");
    }

    @Test
    void locksAParentThatItHasSeen() throws SQLException {
        storeAndSee();
        Seat second = seat(2);
        Hall given = second.another;
        persist(second);
        assertThatItSent("lock hall", "insert seat x1");
        assertThat(given).isNotNull();
        assertThat(given.called).isZero();
        assertThat(database.queryStrings("SELECT name FROM hall")).containsExactly("stored");
    }

    /** What a transaction has created may be rolled back. */
    @Test
    void hasNotSeenWhatItHasCreated() {
        persist(seat(1));
        persist(seat(2));
        assertThatItSent("ensure hall", "insert seat x1");
        persist(seat(3));
        assertThatItSent("lock hall", "insert seat x1");
    }

    @Test
    void takesNoNumberForANaturalIdThatItHasSeen() throws SQLException {
        store();
        persist(labelled(1));
        assertThatItSent("select label_seq", "ensure label", "insert seat x1");
        persist(labelled(2));
        assertThatItSent("lock label", "insert seat x1");
        assertThat(database.queryStrings("SELECT DISTINCT other_id::text FROM seat"))
                .containsExactly("-" + id);
    }

    @Test
    void ensuresSeveralInOneMessageWhateverItHasSeen() throws SQLException {
        storeAndSee();
        var unseen = new Seat(3);
        unseen.another = new Hall(-id, "given");
        application.statements().clear();
        application.bean(SeatRepository.class).saveAll(List.of(seat(2), unseen));
        assertThat(application.statements().statements())
                .filteredOn(sent -> sent.startsWith("ensure ") || sent.startsWith("lock "))
                .containsExactly("ensure hall");
        assertThat(database.queryStrings("SELECT name FROM hall ORDER BY id")).containsExactly("given", "stored");
    }

    @Test
    void createsAgainWhatSomebodyHasDeleted() throws SQLException {
        storeAndSee();
        database.execute("TRUNCATE seat, hall CASCADE");
        persist(seat(2));
        assertThatItSent("lock hall", "ensure hall", "insert seat x1");
        assertThat(database.queryStrings("SELECT name FROM hall")).containsExactly("given");
    }

    @Test
    void createsAgainANaturalIdThatSomebodyHasDeleted() throws SQLException {
        store();
        persist(labelled(1));
        database.execute("TRUNCATE seat, label CASCADE");
        persist(labelled(2));
        assertThatItSent("lock label", "select label_seq", "ensure label", "insert seat x1");
        assertThat(database.queryStrings("SELECT word FROM label")).containsExactly(word);
    }

    @Test
    void forgetsWhatWasNotThere() throws SQLException {
        storeAndSee();
        database.execute("TRUNCATE seat, hall CASCADE");
        persist(seat(2));
        database.execute("TRUNCATE seat, hall CASCADE");
        persist(seat(3));
        assertThatItSent("ensure hall", "insert seat x1");
    }

    @Test
    void forgetsWhatTheApplicationDeletes() throws SQLException {
        storeAndSee();
        database.execute("TRUNCATE seat");
        application.inTransaction(entities -> entities.remove(entities.find(Hall.class, id)));
        persist(seat(2));
        assertThatItSent("ensure hall", "insert seat x1");
    }

    @Test
    void doesTheSameInAStatelessSession() throws SQLException {
        store();
        var factory = application.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
        factory.inStatelessTransaction(session -> session.insert(seat(1)));
        application.statements().clear();
        factory.inStatelessTransaction(session -> session.insert(seat(2)));
        assertThatItSent("lock hall", "insert seat");
    }

    /** The look waits for the delete, finds nothing, and the parent is created again. */
    @Test
    void losesNoRaceAgainstADelete() throws SQLException {
        storeAndSee();
        database.execute("TRUNCATE seat");
        Session other = deleting();
        CompletableFuture<Void> persisted = CompletableFuture.runAsync(() -> persist(seat(2)));
        other.awaitBlocking();
        other.commit();
        persisted.join();
        assertThatItSent("lock hall", "ensure hall", "insert seat x1");
        assertThat(database.queryStrings("SELECT name FROM hall")).containsExactly("given");
        assertThat(database.queryStrings("SELECT another_id::text FROM seat")).containsExactly("" + id);
    }

    /** The same race by hand: what was found is gone when the child comes to refer to it. */
    @Test
    void losesTheRaceWithAFindAndAPersist() throws SQLException {
        storeAndSee();
        database.execute("TRUNCATE seat");
        Session other = deleting();
        CompletableFuture<Throwable> persisted =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> application.inTransaction(this::byHand)));
        other.awaitBlocking();
        other.commit();
        assertThat(persisted.join()).hasStackTraceContaining("foreign key constraint");
    }

    private Session deleting() throws SQLException {
        Session other = database.session("other");
        other.begin(Isolation.RC);
        other.run("DELETE FROM hall WHERE id = " + id);
        return other;
    }

    private void byHand(EntityManager entities) {
        assertThat(entities.find(Hall.class, id)).isNotNull();
        entities.createNativeQuery("INSERT INTO seat (id, another_id) VALUES (2, ?)")
                .setParameter(1, id)
                .executeUpdate();
    }
}
