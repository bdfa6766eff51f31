package dev.writeguard.spring.several;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Rivals;
import dev.writeguard.spring.several.Animals.Cat;
import dev.writeguard.spring.several.Animals.Dog;
import dev.writeguard.spring.several.Animals.Fight;
import dev.writeguard.spring.several.Banks.Account;
import dev.writeguard.spring.several.Banks.Bank;
import dev.writeguard.spring.several.Banks.Entry;
import dev.writeguard.spring.several.Batches.Batch;
import dev.writeguard.spring.several.Batches.BatchDuo;
import dev.writeguard.spring.several.MatchedTopics.Matched;
import dev.writeguard.spring.several.MatchedTopics.MatchedByTemplate;
import dev.writeguard.spring.several.MatchedTopics.MatchedLooked;
import dev.writeguard.spring.several.MatchedTopics.MatchedRepository;
import dev.writeguard.spring.several.NaturalIds.LookedTag;
import dev.writeguard.spring.several.NaturalIds.LookedTagRepository;
import dev.writeguard.spring.several.NaturalIds.Tag;
import dev.writeguard.spring.several.NaturalIds.Tagged;
import dev.writeguard.spring.several.NaturalIds.TaggedRepository;
import dev.writeguard.spring.several.NaturalIds.TouchedTag;
import dev.writeguard.spring.several.PairsOfTopics.Duo;
import dev.writeguard.spring.several.PairsOfTopics.DuoRepository;
import dev.writeguard.spring.several.PairsOfTopics.Mixed;
import dev.writeguard.spring.several.PairsOfTopics.Pair;
import dev.writeguard.spring.several.PairsOfTopics.PairRepository;
import dev.writeguard.spring.several.Topics.Filled;
import dev.writeguard.spring.several.Topics.Topic;
import dev.writeguard.spring.several.Topics.Valued;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One write that needs several parents. */
@Schema("")
class SeveralParentsIT {

    private static DoorApplication application;
    private final Database database;

    SeveralParentsIT(Database database) {
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
    void oneNewInstanceTwice() throws SQLException {
        application.inTransaction(entities -> {
            var topic = new Topic(1, "t");
            var duo = new Duo(topic, topic);
            entities.persist(duo);
            assertThat(entities.contains(topic)).isTrue();
            assertThat(duo.a).isSameAs(topic);
            assertThat(duo.b).isSameAs(topic);
        });
        assertThat(Topics.rows(database)).containsExactly("1 t 0");
    }

    @Test
    void twoNewInstancesOfOneRow() throws SQLException {
        application.inTransaction(entities -> {
            var duo = new Duo(new Topic(1, "t"), new Topic(1, "u"));
            entities.persist(duo);
            assertThat(duo.a).isSameAs(duo.b);
        });
        assertThat(Topics.rows(database)).containsExactly("1 t 0");
    }

    @Test
    void aReferenceAndANewInstanceOfOneRow() throws SQLException {
        application.inTransaction(
                entities -> entities.persist(new Duo(new Topic(1, "real"), entities.getReference(Topic.class, 1L))));
        assertThat(Topics.rows(database)).containsExactly("1 real 0");
    }

    @Test
    void aNewInstanceAndAReferenceOfTwoChildrenThatAreSavedTogether() throws SQLException {
        application.inTransaction(entities -> application
                .bean(DuoRepository.class)
                .saveAll(List.of(
                        new Duo(new Topic(1, "real"), null), new Duo(entities.getReference(Topic.class, 1L), null))));
        assertThat(Topics.rows(database)).containsExactly("1 real 0");
    }

    @Test
    void aTemplateOfTheSecondAssociation() throws SQLException {
        application.inTransaction(entities -> {
            var pair = new Pair();
            pair.a = entities.getReference(Topic.class, 1L);
            pair.b = pair.a;
            entities.persist(pair);
        });
        assertThat(Topics.rows(database)).containsExactly("1 by template 0");
    }

    @Test
    void aTemplateOfTheSecondKeyOfACall() throws SQLException {
        application.bean(PairRepository.class).insert(7, 1, 1);
        assertThat(Topics.rows(database)).containsExactly("1 by template 0");
    }

    @Test
    void comparesTheParentOfEachCall() throws SQLException {
        MatchedRepository matched = application.bean(MatchedRepository.class);
        matched.insert(7, 1);
        matched.insert(8, 1);
        assertThat(Topics.rows(database)).containsExactly("1 by template 0");
        database.execute("UPDATE topic SET title = 'other'");
        assertThat(catchThrowable(() -> matched.insert(9, 1))).hasMessageContaining("GRD-107");
    }

    @Test
    void keepAndTouchOfOneNewInstance() throws SQLException {
        application.inTransaction(entities -> {
            var mixed = new Mixed();
            mixed.a = new Topic(1, "t");
            mixed.b = mixed.a;
            entities.persist(mixed);
        });
        assertThat(Topics.rows(database)).containsExactly("1 t 1");
        assertThat(database.queryStrings("SELECT (last_at IS NOT NULL)::text FROM topic"))
                .containsExactly("true");
    }

    @Test
    void keepAndTouchOfOneNewInstanceOfTwoChildren() throws SQLException {
        application.inTransaction(entities -> {
            var first = new Mixed();
            first.a = new Topic(1, "t");
            entities.persist(first);
            var second = new Mixed();
            second.b = first.a;
            entities.persist(second);
        });
        assertThat(database.queryStrings("SELECT (last_at IS NOT NULL)::text FROM topic"))
                .containsExactly("true");
    }

    @Test
    void keepAndTouchOfOneRow() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0)");
        application.inTransaction(entities -> {
            var mixed = new Mixed();
            mixed.a = new Topic(1, "t");
            mixed.b = new Topic(1, "t");
            entities.persist(mixed);
        });
        assertThat(Topics.rows(database)).containsExactly("1 t 1");
    }

    @Test
    void touchesAgainAfterAClear() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0)");
        application.inTransaction(entities -> {
            var first = new Mixed();
            first.b = new Topic(1, "t");
            entities.persist(first);
            entities.flush();
            entities.clear();
            var second = new Mixed();
            second.b = new Topic(1, "t");
            entities.persist(second);
        });
        assertThat(Topics.rows(database)).containsExactly("1 t 2");
    }

    @Test
    void refusesTheFirstOfTwoAndLeavesNothingOfTheSecond() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'other', 0)");
        Throwable failure = catchThrowable(() -> application.inTransaction(entities -> {
            Throwable refused = catchThrowable(() -> application
                    .bean(MatchedRepository.class)
                    .saveAll(List.of(new Matched(new Topic(1, "mine")), new Matched(new Topic(2, "new")))));
            assertThat(refused).hasMessageContaining("GRD-107");
        }));
        assertThat(Topics.rows(database)).as("after %s", failure).containsExactly("1 other 0");
    }

    @Test
    void refusesTheSecondOfTwoAndLeavesNothingOfTheFirst() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (2, 'other', 0)");
        Throwable failure = catchThrowable(() -> application.inTransaction(entities -> {
            Throwable refused = catchThrowable(() -> application
                    .bean(MatchedRepository.class)
                    .saveAll(List.of(new Matched(new Topic(1, "new")), new Matched(new Topic(2, "mine")))));
            assertThat(refused).hasMessageContaining("GRD-107");
        }));
        assertThat(Topics.rows(database)).as("after %s", failure).containsExactly("2 other 0");
    }

    @Test
    void comparesTheManagedParentBesideATemplate() {
        application.inTransaction(entities -> {
            var first = new MatchedByTemplate();
            first.topic = new Topic(1, "t");
            entities.persist(first);
        });
        application.inTransaction(entities -> {
            var second = new MatchedByTemplate();
            second.topic = entities.find(Topic.class, 1L);
            entities.persist(second);
        });
    }

    @Test
    void comparesTheGivenInstanceBesideATemplate() {
        application.inTransaction(entities -> {
            var first = new MatchedByTemplate();
            first.topic = new Topic(1, "t");
            entities.persist(first);
        });
        application.inTransaction(entities -> {
            var second = new MatchedByTemplate();
            second.topic = new Topic(1, "t");
            entities.persist(second);
        });
    }

    @Test
    void comparesTheGivenInstanceBesideATemplateIfItLooksFirst() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0)");
        application.inTransaction(entities -> {
            var second = new MatchedLooked();
            second.topic = new Topic(1, "t");
            entities.persist(second);
        });
    }

    @Test
    void leavesTheGivenInstanceUnfilledIfItsRowIsThere() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0)");
        var given = new Topic(1, "given");
        application.inTransaction(entities -> {
            var filled = new Filled();
            filled.topic = given;
            entities.persist(filled);
        });
        assertThat(given.title).isEqualTo("given");
        assertThat(Topics.rows(database)).containsExactly("1 t 0");
    }

    @Test
    void writesTheValueOfAManagedChildThatAQueryLookedAtBefore() throws SQLException {
        database.execute(
                "INSERT INTO topic (id, title, version) VALUES (1, 't', 0); INSERT INTO valued (id) VALUES (5)");
        application.inTransaction(entities -> {
            Valued valued = entities.find(Valued.class, 5L);
            valued.topic = new Topic(1, "written");
            entities.createQuery("from Bank").getResultList();
            entities.createQuery("from Valued").getResultList();
        });
        assertThat(Topics.rows(database)).containsExactly("1 written 1");
    }

    @Test
    void insertsOneStatelessParentOnce() throws SQLException {
        var factory = application.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
        var duo = new BatchDuo();
        duo.a = new Batch();
        duo.b = duo.a;
        factory.inStatelessTransaction(session -> session.insert(duo));
        assertThat(database.queryStrings("SELECT count(*)::text FROM batch")).containsExactly("1");
    }

    @Test
    void persistsOneParentOnce() throws SQLException {
        var duo = new BatchDuo();
        duo.a = new Batch();
        duo.b = duo.a;
        application.inTransaction(entities -> entities.persist(duo));
        assertThat(database.queryStrings("SELECT count(*)::text FROM batch")).containsExactly("1");
    }

    @Test
    void keepsParentsApartWhoseNaturalIdsATemplateGives() throws SQLException {
        application.bean(TaggedRepository.class).saveAll(List.of(new Tagged("x"), new Tagged("y")));
        assertThat(database.queryStrings(
                        "SELECT tagged.code || ' ' || tag.code FROM tagged JOIN tag ON tag.id = tag_id ORDER BY 1"))
                .containsExactly("x x", "y y");
    }

    @Test
    void touchesOnceWhatIsLookedForTwice() throws SQLException {
        database.execute("INSERT INTO tag (id, code, version) VALUES (1, 'x', 0)");
        application
                .bean(LookedTagRepository.class)
                .saveAll(List.of(new LookedTag(new Tag("x")), new LookedTag(new Tag("x"))));
        assertThat(database.queryStrings("SELECT id || ' ' || version FROM tag"))
                .containsExactly("1 1");
    }

    @Test
    void touchesOnceByNaturalId() throws SQLException {
        database.execute("INSERT INTO tag (id, code, version) VALUES (1, 'x', 0)");
        application.inTransaction(entities -> {
            entities.persist(new TouchedTag(new Tag("x")));
            entities.persist(new TouchedTag(new Tag("x")));
        });
        assertThat(database.queryStrings("SELECT id || ' ' || version FROM tag"))
                .containsExactly("1 1");
    }

    @Test
    void givesTheParentOfAParentBackIfThatIsRefused() throws SQLException {
        database.execute("INSERT INTO bank (id) VALUES (1)");
        var bank = new Bank(1);
        var entry = new Entry();
        var account = new Account();
        account.id = 5;
        account.bank = bank;
        entry.account = account;
        assertThat(catchThrowable(() -> application.inTransaction(entities -> entities.persist(entry))))
                .isNotNull();
        assertThat(entry.account).isSameAs(account);
        assertThat(account.bank).isSameAs(bank);
    }

    @Test
    void letsNoTwoFightsDeadlock() throws Exception {
        database.execute(
                "INSERT INTO animal (id, dtype, version, lives, barks) VALUES (1, 'Cat', 0, 0, 0), (2, 'Dog', 0, 0, 0)");
        assertThat(concurrently(
                        20,
                        (entities, i) -> entities.persist(new Fight(new Cat(1), new Dog(2))),
                        (entities, i) -> entities.persist(new Fight(new Dog(2), new Cat(1)))))
                .isEmpty();
    }

    @Test
    void letsNoTwoStatelessRowsDeadlock() throws Exception {
        var factory = application.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
        assertThat(Rivals.rounds(
                        20,
                        i -> () -> factory.inStatelessTransaction(session ->
                                session.insert(new Duo(new Topic(2L * i, "t"), new Topic(2L * i + 1, "t")))),
                        i -> () -> factory.inStatelessTransaction(session ->
                                session.insert(new Duo(new Topic(2L * i + 1, "t"), new Topic(2L * i, "t"))))))
                .isEmpty();
    }

    private static List<Throwable> concurrently(
            int times, BiConsumer<EntityManager, Integer> one, BiConsumer<EntityManager, Integer> two)
            throws Exception {
        return Rivals.rounds(
                times,
                i -> () -> application.inTransaction(entities -> one.accept(entities, i)),
                i -> () -> application.inTransaction(entities -> two.accept(entities, i)));
    }
}
