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
import dev.writeguard.testkit.PostgresServer;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.WireProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts on the wire the round trips that {@code docs/ensure-parent.md} states. */
@Schema(DocsSchema.SQL)
class CostsIT {

    /** A row of the table: the call, then its round trips with autocommit and in a transaction. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+?) \\| (\\d) \\| (\\d) \\|$");

    private final WireProxy proxy = WireProxy.to(PostgresServer.shared());
    private final UUID there = UUID.randomUUID();
    private final UUID stored = UUID.randomUUID();
    private Connection connection;
    private SchemaGraph graph;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("""
                INSERT INTO users VALUES (7, 'Ann') ON CONFLICT DO NOTHING;
                INSERT INTO conversations (id) VALUES ('%1$s');
                INSERT INTO messages (client_id, conversation_id, body) VALUES ('%2$s', '%1$s', 'hi')""".formatted(there, stored));
        connection = database.connect(proxy);
        Guard guard = Guard.of(connection);
        graph = guard.graph();
        ensure = guard.ensureParent(connection);
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void areThoseOfThePage() throws SQLException {
        Map<String, Runnable> calls = calls();
        List<MatchResult> rows = Page.at("docs/ensure-parent.md").matches(ROW);
        assertThat(rows.stream().map(row -> row.group(1))).containsExactlyElementsOf(calls.keySet());
        for (MatchResult row : rows) {
            Runnable call = calls.get(row.group(1));
            assertThat(roundTrips(call, true))
                    .as("%s, autocommit", row.group(1))
                    .hasToString(row.group(2));
            assertThat(roundTrips(call, false))
                    .as("%s, transaction", row.group(1))
                    .hasToString(row.group(3));
        }
    }

    private Long roundTrips(Runnable call, boolean autocommit) throws SQLException {
        connection.setAutoCommit(autocommit);
        long counted = proxy.measure(call::run).roundTrips();
        connection.setAutoCommit(true);
        return counted;
    }

    private Map<String, Runnable> calls() {
        ParentRule keep = parent(rule -> rule);
        ParentRule look = parent(ParentRuleBuilder::lookFirst);
        ParentRule touch = parent(rule -> rule.touchVersion("version"));
        ParentRule match = parent(rule -> rule.match("title"));
        ParentRule open = parent(rule -> rule.requireState("state", "OPEN"));
        ParentRule user = ParentRule.on(graph, "users").build();
        ParentRow ann = user.row(user.key(7L), user.values().set("name", "Ann").build());
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("`ensure`", () -> ensure.ensure(row(keep, UUID.randomUUID())));
        calls.put("`ensure` with TOUCH", () -> ensure.ensure(row(touch, UUID.randomUUID())));
        calls.put("`ensure` with `match`", () -> ensure.ensure(row(match, there)));
        calls.put("`ensure` with `requireState`", () -> ensure.ensure(row(open, there)));
        calls.put("`ensure` with `lookFirst`, the parent is there", () -> ensure.ensure(row(look, there)));
        calls.put("`ensure` with `lookFirst`, the parent is absent", () -> ensure.ensure(row(look, UUID.randomUUID())));
        calls.put(
                "`ensure` with an ancestor, the parent is there",
                () -> ensure.ensure(row(keep, there).under(ann)));
        calls.put(
                "`ensure` with an ancestor, the parent is absent",
                () -> ensure.ensure(row(keep, UUID.randomUUID()).under(ann)));
        calls.put("`ensureAll`", () -> ensure.ensureAll(keep, List.of(row(keep, UUID.randomUUID()), row(keep, there))));
        calls.put(
                "`lock`, `lockAll`",
                () -> ensure.lockAll(keep, List.of(row(keep, UUID.randomUUID()), row(keep, there))));
        calls.put("`insert`", () -> insert(child(keep, rule -> rule), UUID.randomUUID()));
        calls.put("`insert` with TOUCH", () -> insert(child(touch, rule -> rule), UUID.randomUUID()));
        calls.put(
                "`insert` with `match` or `requireState`", () -> insert(child(open, rule -> rule), UUID.randomUUID()));
        calls.put("`insert` with `onceBy`", () -> insert(child(keep, CostsIT::once), UUID.randomUUID()));
        calls.put(
                "`insert` with `onceBy`, the child is stored already",
                () -> insert(child(keep, CostsIT::once), stored));
        calls.put("`insertAll`", () -> insertTwo(child(keep, rule -> rule)));
        calls.put("`insertAll` with TOUCH", () -> insertTwo(child(touch, rule -> rule)));
        calls.put("`insertAll` with `match` or `requireState`", () -> insertTwo(child(open, rule -> rule)));
        calls.put("`insertAll` with `onceBy`", () -> insertTwo(child(keep, CostsIT::once)));
        return calls;
    }

    private static ChildRuleBuilder once(ChildRuleBuilder rule) {
        return rule.onceBy("client_id");
    }

    private ParentRule parent(UnaryOperator<ParentRuleBuilder> kind) {
        return kind.apply(ParentRule.on(graph, "conversations")).build();
    }

    private ChildRule child(ParentRule parent, UnaryOperator<ChildRuleBuilder> kind) {
        return kind.apply(ChildRule.on(graph, "messages", parent)).build();
    }

    private static ParentRow row(ParentRule rule, UUID id) {
        return rule.row(rule.key(id), rule.values().set("title", "untitled").build());
    }

    private ChildRow row(ChildRule rule, UUID clientId) {
        return rule.row(
                row(rule.parent(), there),
                rule.values().set("client_id", clientId).set("body", "hi").build());
    }

    private void insert(ChildRule rule, UUID clientId) {
        ensure.insert(rule, row(rule, clientId));
    }

    private void insertTwo(ChildRule rule) {
        ensure.insertAll(rule, List.of(row(rule, UUID.randomUUID()), row(rule, UUID.randomUUID())));
    }
}
