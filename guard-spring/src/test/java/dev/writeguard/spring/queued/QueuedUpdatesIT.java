package dev.writeguard.spring.queued;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.queued.Offices.HeadOffice;
import dev.writeguard.spring.queued.Offices.Kind;
import dev.writeguard.spring.queued.Offices.NotedOffice;
import dev.writeguard.spring.queued.Offices.Office;
import dev.writeguard.spring.queued.Offices.PlainOffice;
import dev.writeguard.spring.queued.Offices.Visit;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A touch that comes when Hibernate has queued an UPDATE of the parent already, with the state from before. */
@Schema("")
class QueuedUpdatesIT {

    private static final Instant OWN = Instant.parse("2001-01-01T00:00:00Z");

    private static DoorApplication application;

    private final Database database;

    QueuedUpdatesIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = QueuedApplication.on(database, false);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void store() throws SQLException {
        for (Kind kind : Kind.values()) {
            database.execute("TRUNCATE " + kind.table() + " CASCADE");
            database.execute(
                    "INSERT INTO " + kind.table() + " SELECT * FROM jsonb_populate_record(null::" + kind.table()
                            + ", '{\"id\": 1, \"title\": \"stored\", \"version\": 0, \"last_at\": \"2000-01-01T00:00:00Z\"}')");
        }
        database.execute("INSERT INTO visit (id, name) VALUES (1, '')");
        application.statements().clear();
    }

    /** Which UPDATE of the flush comes first, and whether those of one table wait for each other. */
    enum Flush {
        CHILD_FIRST(0),
        CHILD_FIRST_IN_BATCHES(20),
        PARENT_FIRST(0),
        PARENT_FIRST_IN_BATCHES(20);

        private final int batch;

        Flush(int batch) {
            this.batch = batch;
        }

        boolean childFirst() {
            return this == CHILD_FIRST || this == CHILD_FIRST_IN_BATCHES;
        }

        /** Hibernate writes what was read first before the other. */
        Scene read(Kind kind, EntityManager entities) {
            entities.unwrap(Session.class).setJdbcBatchSize(batch);
            if (childFirst()) {
                Visit visit = entities.find(Visit.class, 1L);
                return new Scene(visit, entities.find(kind.entity(), 1L));
            }
            Office office = entities.find(kind.entity(), 1L);
            return new Scene(entities.find(Visit.class, 1L), office);
        }
    }

    record Scene(Visit visit, Office office) {

        /** Lets the next flush change the visit, which comes to refer to the office by that. */
        void visit(String name) {
            visit.name = name;
            visit.callback = () -> visit.at(office);
        }
    }

    static Stream<Arguments> cells() {
        return Stream.of(Flush.values())
                .flatMap(flush -> Stream.of(Kind.values()).map(kind -> Arguments.of(flush, kind)));
    }

    private static boolean fails(Flush flush, Kind kind) {
        return flush.childFirst() && kind == Kind.VERSIONED;
    }

    private List<String> stored(Kind kind) throws SQLException {
        return database.queryStrings("SELECT title || ' ' || CASE last_at WHEN '2000-01-01T00:00:00Z' THEN 'untouched'"
                + " WHEN '" + OWN + "' THEN 'own' ELSE 'touched' END FROM " + kind.table());
    }

    private List<String> visits(Kind kind) throws SQLException {
        return database.queryStrings("SELECT name FROM visit WHERE " + kind.name() + "_id = 1");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void keepsTheTouchAndTheChange(Flush flush, Kind kind) throws SQLException {
        Throwable thrown = catchThrowable(() -> application.inTransaction(entities -> {
            Scene scene = flush.read(kind, entities);
            scene.office().title = "changed";
            scene.visit("first");
            entities.flush();
            assertThat(kind.of(scene.visit())).isSameAs(scene.office());
            assertThat(scene.office().lastAt()).isAfter(OWN);
            application.statements().clear();
            entities.flush();
            assertThat(application.statements().statements()).isEmpty();
        }));
        if (fails(flush, kind)) {
            assertThat(thrown).isInstanceOf(OptimisticLockException.class);
            assertThat(stored(kind)).containsExactly("stored untouched");
            assertThat(visits(kind)).isEmpty();
        } else {
            assertThat(thrown).isNull();
            assertThat(stored(kind)).containsExactly("changed touched");
            assertThat(visits(kind)).containsExactly("first");
        }
    }

    /** As where the touch comes before the flush. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void writesTheTimeOfTheTouchOverOneOfTheSameFlush(Flush flush, Kind kind) throws SQLException {
        Throwable thrown = catchThrowable(() -> application.inTransaction(entities -> {
            Scene scene = flush.read(kind, entities);
            scene.office().lastAt(OWN);
            scene.office().title = "changed";
            scene.visit("first");
        }));
        assertThat(thrown != null).isEqualTo(fails(flush, kind));
        assertThat(stored(kind)).containsExactly(fails(flush, kind) ? "stored untouched" : "changed touched");
    }

    /** What code sets after the touch is written by the next flush, as any change is. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void writesWhatIsSetAfterTheTouch(Flush flush, Kind kind) throws SQLException {
        application.inTransaction(entities -> {
            Scene scene = flush.read(kind, entities);
            scene.visit("first");
            entities.flush();
            scene.office().lastAt(OWN);
            scene.visit("second");
        });
        assertThat(stored(kind)).containsExactly("stored own");
        assertThat(visits(kind)).containsExactly("second");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void sendsNoUpdateOfAParentThatIsNotChanged(Flush flush, Kind kind) throws SQLException {
        application.inTransaction(entities -> {
            Scene scene = flush.read(kind, entities);
            scene.visit("first");
            application.statements().clear();
            entities.flush();
            assertThat(application.statements().statements())
                    .filteredOn(each -> each.contains("office"))
                    .singleElement()
                    .asString()
                    .doesNotContain(" x");
        });
        assertThat(stored(kind)).containsExactly("stored touched");
    }

    /** The version is raised by the change and by the touch. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void touchesAParentWhoseChangeWasFlushedBefore(Flush flush, Kind kind) throws SQLException {
        application.inTransaction(entities -> {
            Scene scene = flush.read(kind, entities);
            scene.office().title = "changed";
            entities.flush();
            scene.visit("first");
        });
        assertThat(stored(kind)).containsExactly("changed touched");
    }

    @Test
    void keepsTheTouchOfARowThatRefersToItself() throws SQLException {
        database.execute("TRUNCATE head_office; INSERT INTO head_office (id, title) VALUES (1, 'stored')");
        application.inTransaction(entities -> entities.find(HeadOffice.class, 1L).title = "changed");
        assertThat(database.queryStrings("SELECT title || head_id || (last_at IS NOT NULL) FROM head_office"))
                .containsExactly("changed1true");
    }

    /** By another instance of the office that the flush changes. */
    @ParameterizedTest
    @EnumSource
    void keepsTheValueThatTheVisitBrings(Flush flush) throws SQLException {
        database.execute("TRUNCATE noted_office CASCADE; INSERT INTO visit (id, name) VALUES (1, '');"
                + " INSERT INTO noted_office (id, title, note) VALUES (1, 'stored', 'stored')");
        application.inTransaction(entities -> {
            entities.unwrap(Session.class).setJdbcBatchSize(flush.batch);
            Class<?> first = flush.childFirst() ? Visit.class : NotedOffice.class;
            assertThat(entities.find(first, 1L)).isNotNull();
            Visit visit = entities.find(Visit.class, 1L);
            NotedOffice office = entities.find(NotedOffice.class, 1L);
            office.title = "changed";
            visit.name = "first";
            visit.callback = () -> visit.noted = new NotedOffice(1, "brought");
            entities.flush();
            assertThat(visit.noted).isSameAs(office);
            assertThat(office.note).isEqualTo("brought");
        });
        assertThat(database.queryStrings("SELECT title || ' ' || note FROM noted_office"))
                .containsExactly("changed brought");
    }

    @ParameterizedTest
    @EnumSource
    void createsANewOfficeThatTheVisitBrings(Flush flush) throws SQLException {
        database.execute("TRUNCATE noted_office CASCADE; INSERT INTO visit (id, name) VALUES (1, '')");
        application.inTransaction(entities -> {
            entities.unwrap(Session.class).setJdbcBatchSize(flush.batch);
            Visit visit = entities.find(Visit.class, 1L);
            var office = new NotedOffice(2, "brought");
            visit.name = "first";
            visit.callback = () -> visit.noted = office;
            entities.flush();
            assertThat(visit.noted).isSameAs(office);
            assertThat(entities.contains(office)).isTrue();
            application.statements().clear();
            entities.flush();
            assertThat(application.statements().statements()).isEmpty();
            office.title = "changed";
        });
        assertThat(database.queryStrings(
                        "SELECT o.title || ' ' || note FROM noted_office o JOIN visit ON noted_id = o.id"))
                .containsExactly("changed brought");
    }

    /** What Guard is there for: Hibernate knows nothing of a touch by somebody else, and writes what it has queued. */
    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "EXCLUDED"})
    void losesATouchThatTheCallbackSendsItself(Kind kind) throws SQLException {
        application.inTransaction(entities -> {
            Scene scene = Flush.CHILD_FIRST.read(kind, entities);
            scene.office().title = "changed";
            scene.visit("first");
            scene.visit().callback = () -> entities.unwrap(Session.class).doWork(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("UPDATE " + kind.table() + " SET last_at = now()");
                }
            });
        });
        assertThat(stored(kind)).containsExactly("changed untouched");
    }

    /** The UPDATE of the parent waits in the batch when the child is written. */
    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "20, false", "20, true"})
    void keepsTheTouchOfAStatelessSession(int batch, boolean upserted) throws SQLException {
        application.bean(SessionFactory.class).inStatelessTransaction(session -> {
            session.setJdbcBatchSize(batch);
            PlainOffice office = session.get(PlainOffice.class, 1L);
            office.title = "changed";
            if (upserted) {
                session.upsert(office);
            } else {
                session.update(office);
            }
            insert(office, session);
        });
        assertThat(stored(Kind.PLAIN)).containsExactly("changed touched");
    }

    private static void insert(PlainOffice office, StatelessSession session) {
        var visit = new Visit();
        visit.id = 2;
        visit.at(office);
        session.insert(visit);
    }
}
