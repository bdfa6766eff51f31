package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.event.GuardListener;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parents that are locked if they are there, and not created if they are not. */
@Schema("CREATE TABLE docs (id int PRIMARY KEY, owner text, state text DEFAULT 'OPEN', version int NOT NULL DEFAULT 0)")
class LockParentsIT {

    private final List<OperationEvent> events = new ArrayList<>();
    private Guard guard;
    private Session writer;
    private Session deleter;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE docs; INSERT INTO docs (id, owner) VALUES (1, 'ann'), (2, 'ann')");
        guard = Guard.of(database.connect(), rule -> GuardMode.ENFORCE, List.of(new GuardListener() {
            @Override
            public void completed(OperationEvent event) {
                events.add(event);
            }
        }));
        writer = database.session("writer");
        deleter = database.session("deleter");
        writer.begin(Isolation.RC);
    }

    static Stream<UnaryOperator<ParentRuleBuilder>> rules() {
        return Stream.of(
                rule -> rule,
                rule -> rule.match("owner"),
                rule -> rule.requireState("state", "OPEN"),
                rule -> rule.touchVersion("version"),
                rule -> rule.match("owner").requireState("state", "OPEN").touchVersion("version"),
                ParentRuleBuilder::soft,
                ParentRuleBuilder::lookFirst);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void locksThoseThatAreThereAndCreatesNone(UnaryOperator<ParentRuleBuilder> with, Database database)
            throws SQLException {
        ParentRule rule = with.apply(docs()).build();
        assertThat(names(rule, 1, 7, 2, 1)).containsExactly("existing", "absent", "existing", "existing");
        assertThat(names(rule, 8)).containsExactly("absent");
        assertThat(database.queryLong("SELECT count(*) FROM docs")).isEqualTo(2);
        Running<Long> delete = deleter.start("DELETE FROM docs WHERE id = 2").awaitBlockedBy(writer);
        writer.rollback();
        assertThat(delete.result()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void sendsOneMessage(int parents) throws SQLException {
        names(docs().build(), IntStream.rangeClosed(1, parents).toArray());
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.roundTrips()).isEqualTo(1);
            assertThat(event.operation()).isEqualTo(parents == 1 ? "lock" : "lockAll");
        });
    }

    @Test
    void refusesWhatMayNotBeUsed(Database database) throws SQLException {
        database.execute("UPDATE docs SET owner = 'bob' WHERE id = 2");
        assertThat(names(docs().match("owner").build(), 1, 2)).containsExactly("existing", "refused");
        database.execute("UPDATE docs SET state = 'CLOSED' WHERE id = 2");
        assertThat(names(docs().requireState("state", "OPEN").build(), 2)).containsExactly("refused");
    }

    @Test
    void touchesThemOnce(Database database) throws SQLException {
        names(docs().touchVersion("version").build(), 1, 1, 2, 9);
        names(docs().touchVersion("version").build(), 1);
        writer.commit();
        assertThat(database.queryStrings("SELECT version FROM docs ORDER BY id"))
                .containsExactly("2", "1");
    }

    private ParentRuleBuilder docs() {
        return ParentRule.on(guard.graph(), "docs");
    }

    private List<String> names(ParentRule rule, int... ids) throws SQLException {
        List<ParentRow> rows = IntStream.of(ids)
                .mapToObj(id ->
                        rule.row(rule.key(id), rule.values().set("owner", "ann").build()))
                .toList();
        List<Optional<EnsureOutcome>> found =
                writer.run(() -> guard.ensureParent(writer.connection()).lockAll(rule, rows));
        return found.stream()
                .map(outcome -> outcome.map(EnsureOutcome::name).orElse("absent"))
                .toList();
    }
}
