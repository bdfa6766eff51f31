package dev.writeguard.spring.several;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.several.Banks.Bank;
import dev.writeguard.spring.several.Banks.Completing;
import dev.writeguard.spring.several.NaturalIds.Coin;
import dev.writeguard.spring.several.NaturalIds.Coined;
import dev.writeguard.spring.several.NaturalIds.LookedTag;
import dev.writeguard.spring.several.NaturalIds.Tag;
import dev.writeguard.spring.several.NaturalIds.TouchedTag;
import dev.writeguard.spring.several.NaturalIds.TouchedTagRepository;
import dev.writeguard.spring.several.PairsOfTopics.Duo;
import dev.writeguard.spring.several.Topics.Topic;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.ReplicationMode;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Natural ids, deletes by queries, and a replication. */
@Schema("")
@SuppressWarnings({"deprecation", "removal"})
class MorePathsIT {

    private static DoorApplication application;
    private final Database database;

    MorePathsIT(Database database) {
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
        application.statements().clear();
    }

    @Test
    void replicatesAReferenceToAnAbsentParent() throws SQLException {
        application.inTransaction(entities -> {
            var child = new Completing();
            child.id = 5L;
            child.bank = entities.getReference(Bank.class, 1L);
            entities.unwrap(Session.class).replicate(child, ReplicationMode.OVERWRITE);
        });
        assertThat(database.queryStrings("SELECT bank_id::text FROM completing"))
                .containsExactly("1");
    }

    @Test
    void knowsTheNaturalIdThatTheCodeHasPersisted() throws SQLException {
        application.inTransaction(entities -> {
            entities.persist(new Tag("x"));
            entities.persist(new TouchedTag(new Tag("x")));
            entities.persist(new LookedTag(new Tag("x")));
        });
        assertThat(database.queryStrings("SELECT code FROM tag")).containsExactly("x");
    }

    @Test
    void knowsTheCompositeNaturalIdThatTheCodeHasPersisted() throws SQLException {
        application.inTransaction(entities -> {
            entities.persist(new Coin("x", 1));
            var coined = new Coined();
            coined.a = new Coin("x", 1);
            coined.b = new Coin("x", 1);
            entities.persist(coined);
        });
        assertThat(database.queryStrings("SELECT country FROM coin")).containsExactly("x");
    }

    @Test
    void knowsTheNaturalIdThatComesWithTheSameSaveAll() throws SQLException {
        application.inTransaction(entities -> {
            var tag = new Tag("x");
            entities.persist(new TouchedTag(new Tag("x")));
            application
                    .bean(TouchedTagRepository.class)
                    .saveAll(List.of(new TouchedTag(new Tag("x")), new TouchedTag(new Tag("y"))));
            entities.persist(new LookedTag(new Tag("y")));
            entities.flush();
            entities.clear();
            entities.persist(new LookedTag(new Tag("y")));
            entities.persist(new TouchedTag(new Tag("x")));
        });
        assertThat(database.queryStrings("SELECT code FROM tag ORDER BY 1")).containsExactly("x", "y");
    }

    @Test
    void writesAParentAgainAfterItWasDetachedAndDeletedByAQuery() throws SQLException {
        application.inTransaction(entities -> {
            var topic = new Topic(1, "t");
            entities.persist(new Duo(topic, topic));
            entities.flush();
            entities.createQuery("delete from Duo").executeUpdate();
            entities.createQuery("delete from Topic").executeUpdate();
            entities.detach(topic);
            entities.persist(new Duo(topic, entities.getReference(Topic.class, 1L)));
        });
        assertThat(database.queryStrings("SELECT title FROM topic")).containsExactly("t");
    }

    @Test
    void writesAParentAgainThatAQueryHasDeletedIfAReferenceIsTakenAfterTheClear() throws SQLException {
        application.inTransaction(entities -> {
            var first = new Completing();
            first.bank = new Bank(1);
            entities.persist(first);
            entities.flush();
            entities.createQuery("delete from Completing").executeUpdate();
            entities.createQuery("delete from Bank").executeUpdate();
            entities.clear();
            var second = new Completing();
            second.bank = entities.getReference(Bank.class, 1L);
            entities.persist(second);
        });
        assertThat(database.queryStrings("SELECT bank_id::text FROM completing"))
                .containsExactly("1");
    }

    @Test
    void writesTheParentOfAMovedChildInABatch() throws SQLException {
        database.execute("INSERT INTO duo (id) VALUES (1), (2)");
        application.inTransaction(entities -> {
            for (Duo duo : entities.createQuery("from Duo", Duo.class).getResultList()) {
                duo.a = new Topic(1, "t");
                duo.b = new Topic(2, "t");
                entities.persist(new Duo(new Topic(2, "t"), new Topic(1, "t")));
            }
        });
        assertThat(database.queryStrings("SELECT id::text FROM topic ORDER BY 1"))
                .containsExactly("1", "2");
    }
}
