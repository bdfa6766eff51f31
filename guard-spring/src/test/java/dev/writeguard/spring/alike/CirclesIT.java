package dev.writeguard.spring.alike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Children that are referred to by their own parents, and references to what cannot be invented. */
@Schema("")
class CirclesIT {

    private static DoorApplication application;

    private final Database database;

    CirclesIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = AlikeApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        new Tables(database).empty();
    }

    @Test
    void writesAParentThatCascadesToItsChild() throws SQLException {
        application.inTransaction(entities -> {
            var reply = new Circles.Reply();
            reply.thread = new Circles.Thread();
            reply.thread.last = reply;
            entities.persist(reply);
        });
        assertThat(circle("last_id")).isEqualTo("2-1");
    }

    @Test
    void writesAParentThatIsAChildOfItsChild() throws SQLException {
        application.inTransaction(entities -> {
            var reply = new Circles.Reply();
            reply.thread = new Circles.Thread();
            reply.thread.pinned = reply;
            entities.persist(reply);
        });
        assertThat(circle("pinned_id")).isEqualTo("2-1");
    }

    @Test
    void writesTheSameCircleFromItsOtherSide() throws SQLException {
        application.inTransaction(entities -> {
            var thread = new Circles.Thread();
            thread.pinned = new Circles.Reply();
            thread.pinned.thread = thread;
            thread.last = thread.pinned;
            entities.persist(thread);
        });
        assertThat(circle("pinned_id")).isEqualTo("2-1");
        assertThat(circle("last_id")).isEqualTo("2-1");
    }

    /** While the cascade runs, Hibernate says of the thread that it exists. */
    @Test
    void writesAChildBeforeTheParentThatTheDatabaseNumbers() throws SQLException {
        application.inTransaction(entities -> {
            var thread = new Circles.CountedThread();
            thread.last = new Circles.CountedReply();
            thread.last.thread = thread;
            entities.persist(thread);
        });
        assertThat(database.queryLong("SELECT count(*) FROM circles$counted_thread t"
                        + " JOIN circles$counted_reply r ON r.thread_id = t.id AND t.last_id = r.id"))
                .isEqualTo(1);
    }

    private String circle(String column) throws SQLException {
        return java.util.Objects.requireNonNull(database.queryStrings(
                        "SELECT t." + column + " || '-' || r.thread_id FROM circles$thread t, circles$reply r")
                .get(0));
    }

    @Test
    void doesNotInventAnIdThatIsGenerated() throws SQLException {
        assertAbsent(entities -> {
            var part = new Named.SequencedPart();
            part.whole = entities.getReference(Named.Sequenced.class, 77L);
            entities.persist(part);
        });
        assertThat(database.queryLong("SELECT count(*) FROM named$sequenced")).isZero();
    }

    @Test
    void doesNotInventAClass() throws SQLException {
        assertAbsent(entities -> {
            var part = new Shapes.SinglePart();
            part.whole = entities.getReference(Shapes.Single.class, new UUID(1, 1));
            entities.persist(part);
        });
        assertThat(database.queryLong("SELECT count(*) FROM shapes$single")).isZero();
    }

    private static void assertAbsent(Consumer<EntityManager> work) {
        assertThatThrownBy(() -> application.inTransaction(work))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_ABSENT));
    }
}
