package dev.writeguard.spring.several;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.PlannedFailures;
import dev.writeguard.spring.several.Banks.Bank;
import dev.writeguard.spring.several.Banks.Held;
import dev.writeguard.spring.several.Banks.Holder;
import dev.writeguard.spring.several.Banks.HolderRepository;
import dev.writeguard.spring.several.MatchedTopics.Matched;
import dev.writeguard.spring.several.MatchedTopics.MatchedTouched;
import dev.writeguard.spring.several.MatchedTopics.MatchedTouchedRepository;
import dev.writeguard.spring.several.PairsOfTopics.Duo;
import dev.writeguard.spring.several.PairsOfTopics.DuoRepository;
import dev.writeguard.spring.several.Topics.Topic;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a retry, or a refusal, gives back where several parents are gathered. */
@Schema("")
class GivenBackTogetherIT {

    private static DoorApplication application;
    private static PlannedFailures failures;
    private final Database database;

    GivenBackTogetherIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) throws SQLException {
        application = SeveralApplication.on(database);
        failures = PlannedFailures.atCommitOf(database, "duo", "holder");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        SeveralApplication.empty(database);
        failures.forget();
    }

    @Test
    void restoresBothAssociationsBeforeARetry() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0)");
        failures.plan(2);
        var a = new Topic(1, "t");
        var b = new Topic(2, "new");
        var duo = new Duo(a, b);
        application.bean(DuoRepository.class).save(duo);
        assertThat(Topics.rows(database)).containsExactly("1 t 0", "2 new 0");
        assertThat(database.queryStrings("SELECT a_id || ' ' || b_id FROM duo")).containsExactly("1 2");
    }

    @Test
    void restoresBothAssociationsAfterTheLastRetry() throws SQLException {
        database.execute("INSERT INTO topic (id, title, version) VALUES (1, 't', 0)");
        failures.plan(200);
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
        database.execute("INSERT INTO bank VALUES (1)");
        failures.plan(200);
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
        assertThat(Topics.rows(database)).as("after %s", failure).containsExactly("1 changed 0", "2 t 0");
    }
}
