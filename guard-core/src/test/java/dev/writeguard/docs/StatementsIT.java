package dev.writeguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ChildRuleBuilder;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.SentStatements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The statements on the pages under {@code docs/protocols}, as they are sent. */
@Schema(DocsSchema.SQL)
class StatementsIT {

    private static final String NEXT_MESSAGE = "\n\n-- the next message\n";

    private final SentStatements sent = new SentStatements();
    private SchemaGraph graph;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        Connection connection = sent.on(database.connect());
        Guard guard = Guard.of(connection);
        graph = guard.graph();
        ensure = guard.ensureParent(connection);
    }

    /** Each test sends something; here it is compared with the block that names the test. */
    @AfterEach
    void areThoseOfThePage(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        assertThat(String.join(NEXT_MESSAGE, sent.texts())).isEqualTo(Page.block("statement", getClass(), name));
    }

    @Test
    void ensureKeep() {
        ensure.ensure(row(parent(rule -> rule)));
    }

    @Test
    void ensureNaturalKey() {
        ParentRule contacts = ParentRule.on(graph, "contacts").key("email").build();
        ensure.ensure(contacts.row(contacts.key("ann@example.com")));
    }

    @Test
    void ensureTouch() {
        ensure.ensure(row(parent(rule -> rule.touchClock("last_message_at").touchVersion("version"))));
    }

    @Test
    void ensureMatchAndState() {
        ensure.ensure(row(parent(rule -> rule.match("title").requireState("state", "OPEN"))));
    }

    @Test
    void ensureLookFirst() {
        ensure.ensure(row(parent(ParentRuleBuilder::lookFirst)));
    }

    @Test
    void ensureSoft() {
        ensure.ensure(row(parent(ParentRuleBuilder::soft)));
    }

    @Test
    void insertKeep() {
        insert(child(parent(rule -> rule), rule -> rule), 1);
    }

    @Test
    void insertTouch() {
        insert(child(parent(rule -> rule.touchVersion("version")), rule -> rule), 1);
    }

    @Test
    void insertOnce() {
        insert(child(parent(rule -> rule), rule -> rule.onceBy("client_id")), 2);
    }

    @Test
    void ensureAll() {
        ParentRule rule = parent(UnaryOperator.identity());
        ensure.ensureAll(rule, List.of(row(rule), row(rule)));
    }

    @Test
    void insertAll() {
        ChildRule rule = child(parent(parent -> parent), child -> child);
        ensure.insertAll(rule, List.of(row(rule), row(rule)));
    }

    @Test
    void insertAllOnce() {
        ChildRule rule = child(parent(parent -> parent), child -> child.onceBy("client_id"));
        ChildRow twice = row(rule);
        ensure.insertAll(rule, List.of(twice, twice));
    }

    private ParentRule parent(UnaryOperator<ParentRuleBuilder> kind) {
        return kind.apply(ParentRule.on(graph, "conversations")).build();
    }

    private ChildRule child(ParentRule parent, UnaryOperator<ChildRuleBuilder> kind) {
        return kind.apply(ChildRule.on(graph, "messages", parent)).build();
    }

    private static ParentRow row(ParentRule rule) {
        return rule.row(
                rule.key(UUID.randomUUID()), rule.values().set("title", "Lunch").build());
    }

    private ChildRow row(ChildRule rule) {
        return rule.row(
                row(rule.parent()),
                rule.values()
                        .set("client_id", UUID.randomUUID())
                        .set("body", "hi")
                        .build());
    }

    private void insert(ChildRule rule, int times) {
        ChildRow row = row(rule);
        for (int i = 0; i < times; i++) {
            ensure.insert(rule, row);
        }
    }
}
