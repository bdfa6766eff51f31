package dev.writeguard.spring.several;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.jpa.EntityEnsureParent;
import dev.writeguard.spring.several.Banks.Bank;
import dev.writeguard.spring.several.Banks.Derived;
import dev.writeguard.spring.several.Banks.Held;
import dev.writeguard.spring.several.Banks.Holder;
import dev.writeguard.spring.several.Banks.HolderRepository;
import dev.writeguard.spring.several.Batches.Batch;
import dev.writeguard.spring.several.Batches.BatchDuo;
import dev.writeguard.spring.several.NaturalIds.Coin;
import dev.writeguard.spring.several.NaturalIds.Coined;
import dev.writeguard.spring.several.NaturalIds.LookedTag;
import dev.writeguard.spring.several.NaturalIds.LookedTagRepository;
import dev.writeguard.spring.several.NaturalIds.Tag;
import dev.writeguard.spring.several.NaturalIds.UntitledTag;
import dev.writeguard.spring.several.PairsOfTopics.Duo;
import dev.writeguard.spring.several.PairsOfTopics.Mixed;
import dev.writeguard.spring.several.Topics.Topic;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One parent, or parents of one natural id, in several associations, collections and ids. */
@Schema("")
class OneParentManyWaysIT {

    private static DoorApplication application;
    private final Database database;

    OneParentManyWaysIT(Database database) {
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
    void ensuresAReferenceAndANewInstanceByHand() throws SQLException {
        application.inTransaction(entities -> application
                .bean(EntityEnsureParent.class)
                .ensureAll(List.of(new Topic(1, "real"), entities.getReference(Topic.class, 1L))));
        assertThat(Topics.rows(database)).containsExactly("1 real 0");
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
        assertThat(Topics.rows(database)).containsExactly("1 t 0", "2 new 0");
        assertThat(database.queryStrings("SELECT a_id || ' ' || b_id FROM duo")).containsExactly("1 2");
    }
}
