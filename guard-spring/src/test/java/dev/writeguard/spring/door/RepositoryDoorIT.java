package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What {@code @Guarded} adds to a repository. */
@Schema(DoorSchema.SQL + RepositoryDoorIT.FAILURES)
class RepositoryDoorIT {

    /** Fails as often as the table says; a sequence counts, since no rollback takes that back. */
    static final String FAILURES = """
            CREATE TABLE failures (state text, times int, at_commit boolean NOT NULL DEFAULT false);
            CREATE SEQUENCE failed;
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE planned failures;
            BEGIN
                SELECT * INTO planned FROM failures WHERE at_commit = (TG_NAME = 'fail_late');
                IF FOUND AND nextval('failed') <= planned.times THEN
                    RAISE EXCEPTION 'as planned' USING ERRCODE = planned.state;
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER fail AFTER INSERT ON sequenced_remarks FOR EACH STATEMENT EXECUTE FUNCTION fail();
            CREATE CONSTRAINT TRIGGER fail_late AFTER INSERT ON sequenced_remarks
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail();
            CREATE TRIGGER fail AFTER INSERT ON numbered_remarks FOR EACH STATEMENT EXECUTE FUNCTION fail();
            """;

    private static DoorApplication application;

    private final Database database;
    private final UUID id = UUID.randomUUID();
    private final RemarkRepository remarks = application.bean(RemarkRepository.class);
    private final NumberedRemarkRepository numbered = application.bean(NumberedRemarkRepository.class);
    private final PostRepository posts = application.bean(PostRepository.class);

    RepositoryDoorIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = DoorApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute(
                "TRUNCATE talks, numbered_remarks, sequenced_remarks, identity_remarks, posts, failures CASCADE;"
                        + " ALTER SEQUENCE failed RESTART");
        application.statements().clear();
    }

    @Test
    void ensuresTheParentsOfAllThatIsSavedInOneMessage() throws SQLException {
        List<UUID> talks =
                IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID()).toList();
        store(talks.get(0));
        List<SequencedRemark> all = IntStream.range(0, 40)
                .mapToObj(i -> new SequencedRemark(new Talk(talks.get(i % 5), "given")))
                .toList();
        remarks.saveAll(all);
        assertThat(application.statements().statements().stream().filter(sent -> !sent.contains("numbers")))
                .containsExactly("ensure talks", "insert sequenced_remarks x20", "insert sequenced_remarks x20");
        assertThat(count("sequenced_remarks")).isEqualTo(40);
        assertThat(database.queryStrings("SELECT title FROM talks ORDER BY title"))
                .containsExactly("given", "given", "given", "given", "stored");
    }

    @Test
    void locksTheParentsOfAllThatIsSavedInOneMessage() throws SQLException {
        List<UUID> talks =
                IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID()).toList();
        for (UUID talk : talks) {
            store(talk);
        }
        application.inTransaction(entities -> {
            remarks.saveAll(IntStream.range(0, 10)
                    .mapToObj(i -> new SequencedRemark(entities.getReference(Talk.class, talks.get(i % 5))))
                    .toList());
        });
        assertThat(application.statements().statements().stream().filter(sent -> !sent.contains("numbers")))
                .containsExactly("lock talks", "insert sequenced_remarks x10");
    }

    /** With an assigned id a save is a merge, which gives the caller's own object nothing. */
    @Test
    void leavesTheObjectOfAMergeAsItWas() throws SQLException {
        store(id);
        var talk = new Talk(id, "mine");
        var remark = new NumberedRemark();
        remark.id = 1L;
        remark.talk = talk;
        numbered.saveAll(List.of(remark));
        assertThat(remark.talk).isSameAs(talk);
        assertThat(talk.version()).isNull();
        assertThat(count("numbered_remarks WHERE talk_id = '" + id + "'")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void runsATransactionOfItsOwnAgain(String state) throws SQLException {
        database.execute("INSERT INTO failures VALUES ('" + state + "', 2)");
        String reason = state.equals("40001") ? "serialization-failure" : "deadlock";
        double before = retries(reason);
        var talk = new Talk(id, "given");
        var saved = remarks.save(new SequencedRemark(talk));
        assertThat(saved.talk()).isSameAs(talk);
        assertThat(database.queryStrings("SELECT id FROM sequenced_remarks")).containsExactly(saved.id() + "");
        assertThat(database.queryStrings("SELECT title || version FROM talks")).containsExactly("given0");
        assertThat(talk.version()).isZero();
        assertThat(retries(reason)).isEqualTo(before + 2);
    }

    /** It may be a part of that, and what else is in it would not be repeated. */
    @Test
    void runsNothingAgainInATransactionOfAnotherManager() throws SQLException {
        database.execute("INSERT INTO failures VALUES ('40001', 1)");
        double before = retries("serialization-failure");
        var other = new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
        assertThatThrownBy(() -> other.execute(status -> remarks.save(new SequencedRemark(new Talk(id, "given")))))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.mayRetry()).isTrue());
        assertThat(retries("serialization-failure")).isEqualTo(before);
        assertThat(count("talks")).isZero();
        remarks.save(new SequencedRemark(new Talk(id, "given")));
        assertThat(count("sequenced_remarks")).isEqualTo(1);
    }

    /** By then all is flushed, and Hibernate has put collections of its own into the parent. */
    @Test
    void runsAgainWhatFailsWhenItIsCommitted() throws SQLException {
        database.execute("INSERT INTO failures VALUES ('40001', 2, true)");
        var talk = new Talk(id, "given");
        var saved = remarks.save(new SequencedRemark(talk));
        assertThat(saved.talk()).isSameAs(talk);
        assertThat(count("sequenced_remarks")).isEqualTo(1);
        assertThat(database.queryStrings("SELECT title || version FROM talks")).containsExactly("given0");
    }

    /** Without a repository, too, bad luck has the type that says so, at the flush and when it is committed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void typesBadLuckThatMeetsTheEntityManager(boolean atCommit) throws SQLException {
        database.execute("INSERT INTO failures VALUES ('40001', 1, " + atCommit + ")");
        assertThatThrownBy(() -> application.inTransaction(
                        entities -> entities.persist(new SequencedRemark(new Talk(id, "given")))))
                .isInstanceOf(CannotAcquireLockException.class)
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.mayRetry()).isTrue());
    }

    /** A parent that the code itself persists keeps its INSERT, which can lose the race. */
    @Test
    void typesTheKeyThatSomebodyElseHasTaken() {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    assertThat(entities.find(Talk.class, id)).isNull();
                    var talk = new Talk(id, "given");
                    entities.persist(talk);
                    entities.persist(new SequencedRemark(talk));
                    storedByAnother(id);
                }))
                .isInstanceOf(DuplicateKeyException.class)
                .isInstanceOfSatisfying(GuardFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.OTHER_KEY_TAKEN);
                    assertThat(failure.sqlState()).hasValue("23505");
                    assertThat(failure.constraint()).hasValue("talks_pkey");
                });
    }

    private static double retries(String reason) {
        return application
                .bean(MeterRegistry.class)
                .get("guard.retries")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void saysThatItMayBeRetriedWhenItHasTriedLongEnough() throws SQLException {
        database.execute("INSERT INTO failures VALUES ('40001', 100)");
        var remark = new SequencedRemark(new Talk(id, "given"));
        assertThatThrownBy(() -> remarks.save(remark))
                .isInstanceOf(CannotAcquireLockException.class)
                .isInstanceOfSatisfying(GuardFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.SERIALIZATION_FAILURE);
                    assertThat(failure.mayRetry()).isTrue();
                });
        assertThat(database.queryLong("SELECT last_value FROM failed")).isEqualTo(4);
        assertThat(remark.id()).as("as before the first run").isNull();
        assertThat(remark.talk().version()).isNull();
    }

    /** The reference to a parent that was there belongs to a session that is closed. */
    @Test
    void setsBackWhatTheChildReferredTo() throws SQLException {
        store(id);
        database.execute("INSERT INTO failures VALUES ('40001', 100)");
        var talk = new Talk(id, "given");
        var remark = new SequencedRemark(talk);
        assertThatThrownBy(() -> remarks.save(remark)).isInstanceOf(GuardFailure.class);
        assertThat(remark.talk()).isSameAs(talk);
        assertThatThrownBy(() -> remarks.saveAll(List.of(remark))).isInstanceOf(GuardFailure.class);
        assertThat(remark.talk()).isSameAs(talk);
    }

    @Test
    void doesNotRunAgainWhatIsNotItsOwn() throws SQLException {
        database.execute("INSERT INTO failures VALUES ('40001', 1)");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    remarks.saveAndFlush(new SequencedRemark(new Talk(id, "given")));
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.mayRetry()).isTrue());
        assertThat(database.queryLong("SELECT last_value FROM failed")).isEqualTo(1);
        assertThat(count("talks")).isZero();
    }

    /** Open-in-view binds an EntityManager, whose objects a rollback would detach. */
    @Test
    void doesNotRunAgainBesideAnEntityManagerThatWasThere() throws SQLException {
        database.execute("INSERT INTO failures VALUES ('40001', 1)");
        EntityManagerFactory factory = application.bean(EntityManagerFactory.class);
        EntityManager bound = factory.createEntityManager();
        TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(bound));
        try {
            assertThatThrownBy(() -> remarks.save(new SequencedRemark(new Talk(id, "given"))))
                    .isInstanceOfSatisfying(
                            GuardFailure.class,
                            failure -> assertThat(failure.mayRetry()).isTrue());
        } finally {
            TransactionSynchronizationManager.unbindResource(factory);
            bound.close();
        }
        assertThat(count("sequenced_remarks")).isZero();
    }

    @Test
    void doesNotRunAgainWhereThatWasRuledOut() throws SQLException {
        database.execute("INSERT INTO failures VALUES ('40001', 1)");
        var remark = new NumberedRemark();
        remark.id = 1L;
        assertThatThrownBy(() -> numbered.save(remark)).isInstanceOf(GuardFailure.class);
        assertThat(count("numbered_remarks")).isZero();
    }

    @Test
    void refusesSomebodyElsesParentAndLeavesTheTransactionUsable() throws SQLException {
        store(id);
        List<FailureCode> refused = new ArrayList<>();
        UUID mine = UUID.randomUUID();
        application.inTransaction(entities -> {
            posts.save(new Post(new Talk(mine, "mine")));
            try {
                posts.save(new Post(new Talk(id, "not mine")));
            } catch (RuntimeException failure) {
                refused.add(((GuardFailure) failure).code());
            }
        });
        assertThat(refused).containsExactly(FailureCode.PARENT_MISMATCH);
        assertThat(database.queryStrings("SELECT talk_id FROM posts")).containsExactly(mine.toString());
    }

    /** Open-in-view binds an EntityManager, in which something else may wait for the next flush. */
    @Test
    void commitsNothingOfARefusedCallWithATransactionOfItsOwn() throws SQLException {
        store(id);
        EntityManagerFactory factory = application.bean(EntityManagerFactory.class);
        try (EntityManager bound = factory.createEntityManager()) {
            TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(bound));
            bound.find(Talk.class, id).title = "changed";
            assertThatThrownBy(() -> posts.save(new Post(new Talk(id, "not mine"))))
                    .isInstanceOfSatisfying(
                            GuardFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_MISMATCH));
        } finally {
            TransactionSynchronizationManager.unbindResource(factory);
        }
        assertThat(database.queryStrings("SELECT title FROM talks")).containsExactly("stored");
    }

    /** What has taken the place of the caller's instance has no owner to compare. */
    @Test
    void comparesAParentThatIsThereOnce() throws SQLException {
        Talk mine = new Talk(id, "mine");
        mine.ownerId = 7;
        store(id);
        posts.save(new Post(mine));
        posts.saveAll(List.of(new Post(mine), new Post(mine)));
        assertThat(count("posts WHERE talk_id = '" + id + "'")).isEqualTo(3);
        assertThat(application.statements().statements().stream().filter(sent -> sent.contains("talks")))
                .containsExactly("ensure talks", "ensure talks");
    }

    @Test
    void refusesAllIfOneIsRefused() throws SQLException {
        store(id);
        List<Post> all = List.of(new Post(new Talk(UUID.randomUUID(), "mine")), new Post(new Talk(id, "not mine")));
        assertThatThrownBy(() -> posts.saveAll(all))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_MISMATCH));
        assertThat(count("posts")).isZero();
        assertThat(count("talks")).isEqualTo(1);
    }

    @Test
    void comparesEachOfThoseThatReferToOneParent() throws SQLException {
        Talk mine = new Talk(id, "mine");
        Talk theirs = new Talk(id, "theirs");
        theirs.ownerId = 2;
        assertThatThrownBy(() -> posts.saveAll(List.of(new Post(mine), new Post(mine), new Post(theirs))))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_MISMATCH));
        assertThat(count("talks")).isZero();
        posts.saveAll(List.of(new Post(mine), new Post(mine), new Post(new Talk(id, "mine"))));
        assertThat(count("posts")).isEqualTo(3);
        assertThat(count("talks")).isEqualTo(1);
    }

    private void storedByAnother(UUID talk) {
        try {
            store(talk);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private void store(UUID talk) throws SQLException {
        database.execute("INSERT INTO talks VALUES ('" + talk + "', 'stored', 7, 3, now())");
    }

    private long count(String table) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + table);
    }
}
