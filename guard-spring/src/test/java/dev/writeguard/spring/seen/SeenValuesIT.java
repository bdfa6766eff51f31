package dev.writeguard.spring.seen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.seen.SeenApplication.Depot;
import dev.writeguard.spring.seen.SeenApplication.Slug;
import dev.writeguard.spring.seen.SeenApplication.Station;
import dev.writeguard.spring.seen.SeenApplication.Train;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was seen changes the statements of the next write, and never what it means. */
@Schema("")
class SeenValuesIT {

    private static final int TIMES = 3;

    private static DoorApplication application;

    /** No test has seen what another one has. */
    private static final AtomicLong IDS = new AtomicLong();

    private final Database database;
    private final long id = IDS.incrementAndGet();

    SeenValuesIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = SeenApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private List<String> persist(Consumer<Train> carry) {
        var train = new Train();
        carry.accept(train);
        application.statements().clear();
        application.inTransaction(entities -> entities.persist(train));
        return application.statements().statements().stream()
                .filter(sent -> !sent.endsWith("train_seq") && !sent.startsWith("insert train"))
                .toList();
    }

    private void storeStation(String writer) throws SQLException {
        database.execute("INSERT INTO station (id, writer) VALUES (" + id + ", '" + writer + "')");
    }

    private List<String> writer() throws SQLException {
        return database.queryStrings("SELECT writer FROM station WHERE id = " + id);
    }

    private void seeTheStation() {
        assertThat(persist(train -> train.plain = new Station(id))).containsExactly("ensure station");
        assertThat(persist(train -> train.plain = new Station(id))).containsExactly("lock station");
    }

    @Test
    void writesEachTimeWhatTheCallbackGives() throws SQLException {
        storeStation("stored");
        seeTheStation();
        for (int i = 0; i < TIMES; i++) {
            assertThat(persist(train -> train.touched = new Station(id))).containsExactly("ensure station");
            assertThat(writer()).containsExactly("callback");
            database.execute("UPDATE station SET writer = 'other'");
        }
    }

    @Test
    void comparesEachTimeWhatTheCallbackGives() throws SQLException {
        storeStation("callback");
        seeTheStation();
        for (int i = 0; i < TIMES; i++) {
            assertThat(persist(train -> train.matched = new Station(id))).containsExactly("ensure station");
        }
    }

    @Test
    void asksTheTemplateEachTime() throws SQLException {
        storeStation("stored");
        seeTheStation();
        assertThat(persist(train -> train.filled = new Station(id))).containsExactly("ensure station");
        assertThat(writer()).containsExactly("stored");
    }

    /** What is stored under the name that it came with is another one. */
    @Test
    void findsTheSlugEachTimeThatItsCallbackMakesOfIt() throws SQLException {
        database.execute("INSERT INTO slug (id, word) VALUES (-1, 'abc')");
        for (int i = 0; i < TIMES; i++) {
            assertThat(persist(train -> train.slug = new Slug("ABC")))
                    .containsExactly("select slug_seq", "ensure slug");
        }
        database.execute("INSERT INTO slug (id, word) VALUES (-2, 'ABC')");
        persist(train -> train.slug = new Slug("ABC"));
        assertThat(database.queryStrings("SELECT DISTINCT slug_id::text FROM train WHERE slug_id IS NOT NULL"))
                .containsExactly("-1");
        assertThat(persist(train -> train.slug = new Slug("abc"))).containsExactly("select slug_seq", "ensure slug");
        assertThat(persist(train -> train.slug = new Slug("abc"))).containsExactly("lock slug");
    }

    /** It stands for a row that is there, and needs not be prepared to become one. */
    @Test
    void callsNoCallbackOfAnInstanceThatCannotBecomeARow() throws SQLException {
        database.execute("INSERT INTO depot (id, name) VALUES (" + id + ", 'stored')");
        var first = new Depot(id);
        assertThat(persist(train -> train.depot = first)).containsExactly("lock depot");
        assertThat(first.called).isOne();
        var second = new Depot(id);
        assertThat(persist(train -> train.depot = second)).containsExactly("lock depot");
        assertThat(second.called).isZero();
    }
}
