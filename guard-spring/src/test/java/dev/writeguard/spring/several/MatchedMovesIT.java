package dev.writeguard.spring.several;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.several.MatchedTopics.LazyMatched;
import dev.writeguard.spring.several.MatchedTopics.LazyMatchedRepository;
import dev.writeguard.spring.several.MatchedTopics.Matched;
import dev.writeguard.spring.several.MatchedTopics.MatchedRepository;
import dev.writeguard.spring.several.Topics.Topic;
import dev.writeguard.spring.several.Topics.Valued;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child that is moved to another parent, in all ways: the parent is compared and written as that of a new child is. */
@Schema("")
class MatchedMovesIT {

    private static DoorApplication application;
    private final Database database;

    MatchedMovesIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = SeveralApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        SeveralApplication.empty(database);
    }

    @Test
    void comparesAManagedChildThatAQueryLookedAtBefore() throws SQLException {
        database.execute(
                "INSERT INTO topic (id, title, version) VALUES (1, 't', 0); INSERT INTO matched (id) VALUES (5)");
        application.inTransaction(entities -> {
            Matched matched = entities.find(Matched.class, 5L);
            matched.topic = new Topic(1, "t");
            entities.createQuery("from Matched").getResultList();
        });
        assertThat(database.queryStrings("SELECT topic_id::text FROM matched")).containsExactly("1");
    }

    @Test
    void comparesAManagedChildAtTheFlush() throws SQLException {
        database.execute(
                "INSERT INTO topic (id, title, version) VALUES (1, 't', 0); INSERT INTO matched (id) VALUES (5)");
        application.inTransaction(entities -> {
            Matched matched = entities.find(Matched.class, 5L);
            matched.topic = new Topic(1, "t");
            entities.flush();
        });
        assertThat(database.queryStrings("SELECT topic_id::text FROM matched")).containsExactly("1");
    }

    @Test
    void comparesWhatAMergeMovesToAnotherParent() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0), (2, 'u', 0);"
                + " INSERT INTO matched (id, topic_id) VALUES (5, 1)");
        var detached = new Matched(new Topic(2, "u"));
        detached.id = 5L;
        application.inTransaction(entities -> entities.merge(detached));
        assertThat(database.queryStrings("SELECT topic_id::text FROM matched")).containsExactly("2");
    }

    @Test
    void comparesWhatASaveMovesToAnotherParent() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0), (2, 'u', 0);"
                + " INSERT INTO matched (id, topic_id) VALUES (5, 1)");
        var detached = new Matched(new Topic(2, "u"));
        detached.id = 5L;
        application.bean(MatchedRepository.class).save(detached);
        assertThat(database.queryStrings("SELECT topic_id::text FROM matched")).containsExactly("2");
    }

    @Test
    void writesTheValueOfWhatAMergeMovesToAnotherParent() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0), (2, 'u', 0);"
                + " INSERT INTO valued (id, topic_id) VALUES (5, 1)");
        var detached = new Valued();
        detached.id = 5L;
        detached.topic = new Topic(2, "written");
        application.inTransaction(entities -> entities.merge(detached));
        assertThat(Topics.rows(database)).containsExactly("1 t 0", "2 written 1");
    }

    @Test
    void comparesAManagedChildThatAQueryOfOtherRowsLookedAtBefore() throws SQLException {
        database.execute(
                "INSERT INTO topic (id, title, version) VALUES (1, 't', 0); INSERT INTO matched (id) VALUES (5)");
        application.inTransaction(entities -> {
            Matched matched = entities.find(Matched.class, 5L);
            matched.topic = new Topic(1, "t");
            entities.createNativeQuery("SELECT 1").getResultList();
        });
        assertThat(database.queryStrings("SELECT topic_id::text FROM matched")).containsExactly("1");
    }

    @Test
    void comparesWhatASaveMovesToAnotherParentThatIsLazy() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0), (2, 'u', 0);"
                + " INSERT INTO lazy_matched (id, topic_id) VALUES (5, 1)");
        var detached = new LazyMatched();
        detached.topic = new Topic(2, "u");
        detached.id = 5L;
        application.bean(LazyMatchedRepository.class).save(detached);
        assertThat(database.queryStrings("SELECT topic_id::text FROM lazy_matched"))
                .containsExactly("2");
    }
}
