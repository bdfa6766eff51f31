package dev.writeguard.spring.looked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.looked.LookedApplication.Hall;
import dev.writeguard.spring.looked.LookedApplication.Label;
import dev.writeguard.spring.looked.LookedApplication.Seat;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code lookFirst}: what it saves where the parent is there, what it costs where it is not, and that it loses no race. */
@Schema("")
class LookFirstIT {

    private static DoorApplication application;
    private final Database database;

    LookFirstIT(Database database) {
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
        database.execute("TRUNCATE seat, hall, label CASCADE; INSERT INTO hall VALUES (1, 'stored')");
        application.statements().clear();
    }

    private static Seat seatIn(Hall hall) {
        var seat = new Seat(1);
        seat.hall = hall;
        return seat;
    }

    private static Seat seatWith(long id, Label label) {
        var seat = new Seat(id);
        seat.label = label;
        return seat;
    }

    @Test
    void locksAParentThatIsThere() {
        var hall = new Hall(1, "given");
        application.inTransaction(entities -> {
            Seat seat = seatIn(hall);
            entities.persist(seat);
            assertThat(seat.hall).isSameAs(entities.getReference(Hall.class, 1L));
        });
        assertThat(application.statements().statements()).containsExactly("lock hall", "insert seat x1");
        assertThat(hall.called).isZero();
    }

    @Test
    void createsOneThatIsNot() throws SQLException {
        var hall = new Hall(2, "given");
        application.inTransaction(entities -> {
            Seat seat = seatIn(hall);
            entities.persist(seat);
            assertThat(seat.hall).isSameAs(hall);
        });
        assertThat(application.statements().statements()).containsExactly("lock hall", "ensure hall", "insert seat x1");
        assertThat(database.queryStrings("SELECT name FROM hall WHERE id = 2")).containsExactly("given");
        assertThat(hall.called).isOne();
    }

    @Test
    void comparesAParentThatIsThere() {
        var seat = new Seat(1);
        seat.matched = new Hall(1, "another");
        assertThatThrownBy(() -> application.inTransaction(entities -> entities.persist(seat)))
                .hasMessageContaining("GRD-107");
        assertThat(application.statements().statements()).containsExactly("lock hall");
    }

    @Test
    void doesTheSameInAStatelessSession() {
        var factory = application.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
        factory.inStatelessTransaction(session -> session.insert(seatIn(new Hall(1, "given"))));
        assertThat(application.statements().statements()).containsExactly("lock hall", "insert seat");
    }

    @Test
    void takesNoNumberForAParentThatIsThere() throws SQLException {
        database.execute("INSERT INTO label (id, word) VALUES (7, 'red')");
        application.inTransaction(entities -> entities.persist(seatWith(1, new Label("red"))));
        assertThat(application.statements().statements()).containsExactly("lock label", "insert seat x1");
        assertThat(database.queryStrings("SELECT label_id::text FROM seat")).containsExactly("7");
    }

    @Test
    void takesANumberForAParentThatIsThereWithoutALook() throws SQLException {
        database.execute("INSERT INTO label (id, word) VALUES (7, 'red')");
        var seat = new Seat(1);
        seat.other = new Label("red");
        application.inTransaction(entities -> entities.persist(seat));
        assertThat(application.statements().statements())
                .containsExactly("select label_seq", "ensure label", "insert seat x1");
        assertThat(database.queryStrings("SELECT other_id::text FROM seat")).containsExactly("7");
    }

    @Test
    void createsAParentByItsNaturalId() throws SQLException {
        application.inTransaction(entities -> entities.persist(seatWith(1, new Label("red"))));
        assertThat(application.statements().statements())
                .containsExactly("lock label", "select label_seq", "ensure label", "insert seat x1");
        assertThat(database.queryStrings("SELECT word FROM label")).containsExactly("red");
    }

    /** The look finds nothing, since the other one has not committed; the INSERT after it waits for that. */
    @Test
    void losesNoRaceBetweenTheLookAndTheInsert() throws SQLException {
        Session other = database.session("other");
        other.begin(Isolation.RC);
        other.run("INSERT INTO hall VALUES (3, 'of the other')");
        CompletableFuture<Void> persisted = CompletableFuture.runAsync(
                () -> application.inTransaction(entities -> entities.persist(seatIn(new Hall(3, "given")))));
        other.awaitBlocking();
        other.commit();
        persisted.join();
        assertThat(application.statements().statements()).containsExactly("lock hall", "ensure hall", "insert seat x1");
        assertThat(database.queryStrings("SELECT name FROM hall WHERE id = 3")).containsExactly("of the other");
        assertThat(database.queryStrings("SELECT hall_id::text FROM seat")).containsExactly("3");
    }

    /** The same race by hand. */
    @Test
    void losesTheRaceWithAFindAndAPersist() throws SQLException {
        Session other = database.session("other");
        other.begin(Isolation.RC);
        other.run("INSERT INTO hall VALUES (3, 'of the other')");
        CompletableFuture<Throwable> persisted =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> application.inTransaction(entities -> {
                    assertThat(entities.find(Hall.class, 3L)).isNull();
                    entities.persist(new Hall(3, "given"));
                })));
        other.awaitBlocking();
        other.commit();
        assertThat(persisted.join()).hasStackTraceContaining("hall_pkey");
    }
}
