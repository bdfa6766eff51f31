package dev.writeguard.spring.several;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Observations;
import dev.writeguard.spring.jpa.EntityEnsureParent;
import dev.writeguard.spring.several.SeveralApplication.Bank;
import dev.writeguard.spring.several.SeveralApplication.Batch;
import dev.writeguard.spring.several.SeveralApplication.BatchDuo;
import dev.writeguard.spring.several.SeveralApplication.Coin;
import dev.writeguard.spring.several.SeveralApplication.Coined;
import dev.writeguard.spring.several.SeveralApplication.Derived;
import dev.writeguard.spring.several.SeveralApplication.Duo;
import dev.writeguard.spring.several.SeveralApplication.DuoRepository;
import dev.writeguard.spring.several.SeveralApplication.Held;
import dev.writeguard.spring.several.SeveralApplication.Holder;
import dev.writeguard.spring.several.SeveralApplication.HolderRepository;
import dev.writeguard.spring.several.SeveralApplication.LazyMatched;
import dev.writeguard.spring.several.SeveralApplication.LazyMatchedRepository;
import dev.writeguard.spring.several.SeveralApplication.LookedTag;
import dev.writeguard.spring.several.SeveralApplication.LookedTagRepository;
import dev.writeguard.spring.several.SeveralApplication.Matched;
import dev.writeguard.spring.several.SeveralApplication.MatchedRepository;
import dev.writeguard.spring.several.SeveralApplication.MatchedTouched;
import dev.writeguard.spring.several.SeveralApplication.MatchedTouchedRepository;
import dev.writeguard.spring.several.SeveralApplication.Mixed;
import dev.writeguard.spring.several.SeveralApplication.Tag;
import dev.writeguard.spring.several.SeveralApplication.Topic;
import dev.writeguard.spring.several.SeveralApplication.UntitledTag;
import dev.writeguard.spring.several.SeveralApplication.Valued;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refusals, retries and merges where several parents are gathered. */
@Schema("")
class GatheredAgainIT {

    private static DoorApplication application;
    private final Database database;

    GatheredAgainIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) throws SQLException {
        application = SeveralApplication.on(database);
        database.execute("""
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
            CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON duo DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail();
            CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON holder DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail();
            """);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute(
                "TRUNCATE lazy_matched, topic, duo, pair, mixed, matched, matched_by_template, matched_looked, filled, valued,"
                        + " batch, batch_duo, tag, tagged, looked_tag, touched_tag, animal, fight, bank, account, entry, failures,"
                        + " holder, holder_banks, derived, coin, coined, posting, stated, matched_touched, untitled_tag CASCADE;"
                        + " ALTER SEQUENCE failed RESTART");
        application.statements().clear();
        application.bean(Observations.class).take();
    }

    private List<String> topics() throws SQLException {
        return database.queryStrings("SELECT id || ' ' || title || ' ' || version FROM topic ORDER BY id");
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
        assertThat(topics()).containsExactly("1 t 0", "2 written 1");
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

    @Test
    void ensuresAReferenceAndANewInstanceByHand() throws SQLException {
        application.inTransaction(entities -> application
                .bean(EntityEnsureParent.class)
                .ensureAll(List.of(new Topic(1, "real"), entities.getReference(Topic.class, 1L))));
        assertThat(topics()).containsExactly("1 real 0");
    }

    @Test
    void leavesNoTouchOfALockAfterARefusalOfTheFirst() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 'other', 0), (2, 't', 0)");
        Throwable failure = catchThrowable(() -> application.inTransaction(entities -> {
            Topic first = entities.find(Topic.class, 1L);
            Topic second = entities.find(Topic.class, 2L);
            try {
                database.execute("UPDATE topic SET title = 'changed' WHERE id = 1");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            Throwable refused = catchThrowable(() -> application
                    .bean(MatchedTouchedRepository.class)
                    .saveAll(List.of(new MatchedTouched(first), new MatchedTouched(second))));
            assertThat(refused).hasMessageContaining("GRD-107");
        }));
        assertThat(topics()).as("after %s", failure).containsExactly("1 changed 0", "2 t 0");
    }

    @Test
    void restoresBothAssociationsBeforeARetry() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0); INSERT INTO failures VALUES (2)");
        var a = new Topic(1, "t");
        var b = new Topic(2, "new");
        var duo = new Duo(a, b);
        application.bean(DuoRepository.class).save(duo);
        assertThat(topics()).containsExactly("1 t 0", "2 new 0");
        assertThat(database.queryStrings("SELECT a_id || ' ' || b_id FROM duo")).containsExactly("1 2");
    }

    @Test
    void restoresBothAssociationsAfterTheLastRetry() throws SQLException {
        database.execute(
                "INSERT INTO topic (id, title, version) VALUES (1, 't', 0); INSERT INTO failures VALUES (200)");
        var a = new Topic(1, "t");
        var b = new Topic(2, "new");
        var duo = new Duo(a, b);
        assertThat(catchThrowable(() -> application.bean(DuoRepository.class).save(duo)))
                .isNotNull();
        assertThat(duo.a == a).isTrue();
        assertThat(duo.b == b).isTrue();
        assertThat(duo.id).isNull();
        assertThat(b.version).isNull();
    }

    @Test
    void restoresCollectionAndEmbeddableAfterTheLastRetry() throws SQLException {
        database.execute("INSERT INTO bank VALUES (1); INSERT INTO failures VALUES (200)");
        var bank = new Bank(1);
        var other = new Bank(2);
        var holder = new Holder();
        holder.cover = bank;
        holder.held = new Held();
        holder.held.held = bank;
        holder.banks = List.of(bank, other, bank);
        var given = holder.banks;
        assertThat(catchThrowable(() -> application.bean(HolderRepository.class).save(holder)))
                .isNotNull();
        assertThat(holder.cover == bank).isTrue();
        assertThat(holder.held.held == bank).isTrue();
        assertThat(holder.banks == given).isTrue();
    }

    @Test
    void collectionEmbeddableAndToOneOfOneNewRow() throws SQLException {
        var shared = new Held();
        shared.held = new Bank(1);
        application.inTransaction(entities -> {
            var one = new Holder();
            one.held = shared;
            one.cover = new Bank(1);
            one.banks.add(new Bank(1));
            var two = new Holder();
            two.held = shared;
            two.banks.add(one.cover);
            application.bean(HolderRepository.class).saveAll(List.of(one, two));
            assertThat(one.cover).isSameAs(shared.held);
            assertThat(one.banks.get(0)).isSameAs(shared.held);
            assertThat(two.banks.get(0)).isSameAs(shared.held);
        });
        assertThat(database.queryStrings("SELECT banks_id::text FROM holder_banks"))
                .containsExactly("1", "1");
        assertThat(database.queryStrings("SELECT id::text FROM bank")).containsExactly("1");
    }

    @Test
    void collectionEmbeddableAndToOneOfOneNewRowAtTheFlush() throws SQLException {
        database.execute("INSERT INTO holder (id) VALUES (1), (2)");
        application.inTransaction(entities -> {
            Holder one = entities.find(Holder.class, 1L);
            Holder two = entities.find(Holder.class, 2L);
            one.held = new Held();
            one.held.held = new Bank(1);
            one.cover = new Bank(1);
            one.banks.add(new Bank(1));
            two.cover = one.cover;
            two.banks.add(one.cover);
            two.banks.add(new Bank(2));
            entities.flush();
            assertThat(one.cover).isSameAs(one.held.held);
            assertThat(one.banks.get(0)).isSameAs(one.held.held);
            assertThat(two.cover).isSameAs(one.held.held);
        });
        assertThat(database.queryStrings("SELECT banks_id::text FROM holder_banks ORDER BY 1"))
                .containsExactly("1", "1", "2");
    }

    @Test
    void derivedIdAndAnotherAssociationOfOneNewInstance() throws SQLException {
        application.inTransaction(entities -> {
            var derived = new Derived();
            derived.own = new Bank(7);
            derived.other = derived.own;
            entities.persist(derived);
        });
        assertThat(database.queryStrings("SELECT own_id || ' ' || other_id FROM derived"))
                .containsExactly("7 7");
    }

    @Test
    void derivedIdAndAnotherInstanceOfOneRowByMerge() throws SQLException {
        database.execute("INSERT INTO bank VALUES (7)");
        var derived = new Derived();
        derived.own = new Bank(7);
        derived.other = new Bank(7);
        var own = derived.own;
        var other = derived.other;
        application.inTransaction(entities -> entities.merge(derived));
        assertThat(derived.own == own).isTrue();
        assertThat(derived.other == other).isTrue();
        assertThat(database.queryStrings("SELECT own_id || ' ' || other_id FROM derived"))
                .containsExactly("7 7");
    }

    @Test
    void touchesOnceByCompositeNaturalId() throws SQLException {
        database.execute("INSERT INTO coin (id, country, value, version) VALUES (1, 'x', 1, 0)");
        application.inTransaction(entities -> {
            var coined = new Coined();
            coined.a = new Coin("x", 1);
            coined.b = new Coin("x", 1);
            entities.persist(coined);
        });
        assertThat(database.queryStrings("SELECT id || ' ' || version FROM coin"))
                .containsExactly("1 1");
    }

    @Test
    void createsOnceByCompositeNaturalId() throws SQLException {
        application.inTransaction(entities -> {
            var coined = new Coined();
            coined.a = new Coin("x", 1);
            coined.b = new Coin("x", 1);
            entities.persist(coined);
            entities.flush();
            assertThat(coined.a).isSameAs(coined.b);
        });
        assertThat(database.queryStrings("SELECT version::text FROM coin")).containsExactly("1");
    }

    @Test
    void keepsNewParentsWithoutNaturalIdApart() throws SQLException {
        application.inTransaction(entities -> {
            var child = new UntitledTag();
            child.a = new Tag();
            entities.persist(child);
        });
        assertThat(database.queryStrings("SELECT count(*)::text FROM tag")).containsExactly("1");
    }

    @Test
    void keepsTwoNewParentsWithoutNaturalIdApart() throws SQLException {
        application.inTransaction(entities -> {
            var child = new UntitledTag();
            child.a = new Tag();
            child.b = new Tag();
            entities.persist(child);
        });
        assertThat(database.queryStrings("SELECT count(*)::text FROM tag")).containsExactly("2");
    }

    @Test
    void givesBothParentsBackWhenAFlushIsRefused() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0), (2, 't', 0);"
                + " INSERT INTO duo (id) VALUES (1); INSERT INTO matched (id) VALUES (1)");
        var a = new Topic(1, "t");
        var b = new Topic(2, "mine");
        var kept = new ArrayList<Duo>();
        var refused = new ArrayList<Matched>();
        assertThat(catchThrowable(() -> application.inTransaction(entities -> {
                    kept.add(entities.find(Duo.class, 1L));
                    refused.add(entities.find(Matched.class, 1L));
                    kept.get(0).a = a;
                    refused.get(0).topic = b;
                })))
                .hasMessageContaining("GRD-107");
        assertThat(kept.get(0).a == a).isTrue();
        assertThat(refused.get(0).topic == b).isTrue();
    }

    @Test
    void insertsManyStatelessRowsOfOneNewParent() throws SQLException {
        var factory = application.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
        var batch = new Batch();
        var one = new BatchDuo();
        var two = new BatchDuo();
        one.a = batch;
        two.b = batch;
        factory.inStatelessTransaction(session -> session.insertMultiple(List.of(one, two)));
        assertThat(database.queryStrings("SELECT count(*)::text FROM batch")).containsExactly("1");
    }

    @Test
    void looksForManyStatelessParentsAtOnce() throws SQLException {
        database.execute("INSERT INTO tag (id, code, version) VALUES (1, 'x', 0)");
        var factory = application.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
        var child = new UntitledTag();
        child.a = new Tag("y");
        child.b = new Tag("x");
        factory.inStatelessTransaction(session -> session.insert(child));
        assertThat(
                        database.queryStrings(
                                "SELECT a.code || ' ' || b.code FROM untitled_tag JOIN tag a ON a.id = a_id JOIN tag b ON b.id = b_id"))
                .containsExactly("y x");
    }

    @Test
    void savesAllThatLooksFirst() throws SQLException {
        database.execute("INSERT INTO tag (id, code, version) VALUES (100, 'x', 0)");
        application
                .bean(LookedTagRepository.class)
                .saveAll(List.of(
                        new LookedTag(new Tag("y")),
                        new LookedTag(new Tag("x")),
                        new LookedTag(new Tag("y")),
                        new LookedTag(new Tag("z"))));
        assertThat(database.queryStrings("SELECT code || ' ' || version FROM tag ORDER BY 1"))
                .containsExactly("x 1", "y 1", "z 1");
        assertThat(database.queryStrings("SELECT code FROM looked_tag l JOIN tag ON tag.id = tag_id ORDER BY l.id"))
                .containsExactly("y", "x", "y", "z");
    }

    @Test
    void aDetachedCreatedParentOfTheNextChild() throws SQLException {
        application.inTransaction(entities -> {
            var topic = new Topic(1, "t");
            var first = new Mixed();
            first.b = topic;
            entities.persist(first);
            entities.flush();
            entities.detach(topic);
            var second = new Mixed();
            second.a = topic;
            second.b = topic;
            entities.persist(second);
        });
        assertThat(database.queryStrings("SELECT count(*)::text FROM mixed WHERE b_id = 1"))
                .containsExactly("2");
    }

    @Test
    void mergesAGraphWithSeveralAssociations() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0); INSERT INTO duo (id) VALUES (1)");
        var shared = new Topic(2, "new");
        var detached = new Duo(new Topic(1, "mine"), shared);
        detached.id = 1L;
        var a = detached.a;
        application.inTransaction(entities -> {
            Duo merged = entities.merge(detached);
            assertThat(merged.b).isSameAs(shared);
        });
        assertThat(detached.a == a).isTrue();
        assertThat(topics()).containsExactly("1 t 0", "2 new 0");
        assertThat(database.queryStrings("SELECT a_id || ' ' || b_id FROM duo")).containsExactly("1 2");
    }
}
