package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ChildRuleBuilder;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.rule.RowValues;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.sql.TableName;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.SentStatements;
import dev.writeguard.violation.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The exact text of every statement, as it is sent and carried out: {@code golden-statements.sql} has a section for each of the
 * cases here, with a comment between two messages.
 */
@Schema(GoldenSchema.SQL)
class GoldenStatementsIT {

    private static final String NEXT_MESSAGE = "\n-- next message\n";

    private static final UnaryOperator<ParentRuleBuilder> KEEP = rule -> rule;
    private static final UnaryOperator<ParentRuleBuilder> TOUCH =
            rule -> rule.touch("title", "rank").touchClock("seen").touchVersion("version");
    private static final UnaryOperator<ParentRuleBuilder> MATCH = rule -> rule.match("title", "rank");
    private static final UnaryOperator<ParentRuleBuilder> STATE = rule -> rule.requireState("state", "OPEN");
    private static final UnaryOperator<ParentRuleBuilder> SOFT = ParentRuleBuilder::soft;
    private static final UnaryOperator<ParentRuleBuilder> ALL =
            rule -> STATE.apply(MATCH.apply(rule)).touchVersion("version").soft();
    private static final UnaryOperator<ChildRuleBuilder> PLAIN = rule -> rule.columns("doc_id");
    private static final UnaryOperator<ChildRuleBuilder> LOOSE = rule -> rule.columns("loose_id");
    private static final UnaryOperator<ChildRuleBuilder> ONCE =
            rule -> PLAIN.apply(rule).onceBy("id");
    private static final UnaryOperator<ChildRuleBuilder> ONCE_IN_PARENT =
            rule -> PLAIN.apply(rule).onceBy("doc_id", "no");

    private static final Map<String, Consumer<GoldenStatementsIT>> CASES = cases();

    private final SentStatements sent = new SentStatements();
    private Connection connection;
    private SchemaGraph graph;
    private EnsureParent ensure;
    private GuardMode mode = GuardMode.ENFORCE;

    private static Map<String, Consumer<GoldenStatementsIT>> cases() {
        Map<String, Consumer<GoldenStatementsIT>> cases = new LinkedHashMap<>();
        cases.put("ensure", test -> test.ensure(KEEP, 7));
        cases.put("ensure, lookFirst", test -> test.ensure(ParentRuleBuilder::lookFirst, 7));
        cases.put("ensure, TOUCH", test -> test.ensure(TOUCH, 7));
        cases.put("ensure, match", test -> test.ensure(MATCH, 1));
        cases.put("ensure, requireState", test -> test.ensure(STATE, 7));
        cases.put("ensure, soft", test -> test.ensure(SOFT, 7));
        cases.put("ensure, all of it, refused", test -> test.ensure(ALL, 1));
        cases.put("ensure, a collation that calls strings equal", GoldenStatementsIT::ensureTag);
        cases.put("ensureAll", test -> test.ensureAll(KEEP));
        cases.put("ensureAll, lookFirst", test -> test.ensureAll(ParentRuleBuilder::lookFirst));
        cases.put("ensureAll, TOUCH", test -> test.ensureAll(TOUCH));
        cases.put("ensureAll, match", test -> test.ensureAll(MATCH));
        cases.put("ensureAll, requireState", test -> test.ensureAll(STATE));
        cases.put("ensureAll, soft", test -> test.ensureAll(SOFT));
        cases.put("ensureAll, all of it", test -> test.ensureAll(ALL));
        cases.put("ensureAll, values of several classes", GoldenStatementsIT::ensureRanked);
        cases.put("ensureAll, a collation that calls strings equal", GoldenStatementsIT::ensureTags);
        cases.put("ensureAll, a reference that may be NULL, TOUCH", GoldenStatementsIT::ensureLabelled);
        cases.put("ensureAll, a touch that cannot be taken back", GoldenStatementsIT::ensureAllAndAbort);
        cases.put("ensure, an ancestor taken back", GoldenStatementsIT::ensureAndTakeBackAnAncestor);
        cases.put("lock", test -> test.lockAll(KEEP, 7));
        cases.put("lock, TOUCH", test -> test.lockAll(TOUCH, 7));
        cases.put("lockAll", test -> test.lockAll(KEEP, 8, 7));
        cases.put("lockAll, all of it", test -> test.lockAll(ALL, 8, 7));
        cases.put("insert", test -> test.insert(KEEP, PLAIN, 7));
        cases.put(
                "insert, returning",
                test -> test.insert(KEEP, rule -> PLAIN.apply(rule).returning("id", "doc_id"), 7));
        cases.put("insert, TOUCH", test -> test.insert(TOUCH, PLAIN, 7));
        cases.put("insert, match, refused", test -> test.insert(MATCH, PLAIN, 1));
        cases.put("insert, requireState", test -> test.insert(STATE, PLAIN, 7));
        cases.put("insert, soft", test -> test.insert(SOFT, LOOSE, 7));
        cases.put("insert, a composite reference", GoldenStatementsIT::insertByPair);
        cases.put("insert, a reference that may be NULL", GoldenStatementsIT::insertByLabel);
        cases.put("insert, once by itself, stored", test -> test.insertTwice(ONCE));
        cases.put("insert, once in its parent, stored", test -> test.insertTwice(ONCE_IN_PARENT));
        cases.put("insert, once, TOUCH", test -> test.insert(TOUCH, ONCE, 7));
        cases.put("insert, once, a parent taken back", GoldenStatementsIT::insertAndTakeBack);
        cases.put("insert, an operator off the search path", test -> test.insertLines("Ann"));
        cases.put("insert, not enforced", test -> test.insertUnguarded(PLAIN));
        cases.put("insert, not enforced, once", test -> test.insertUnguarded(ONCE));
        cases.put("insert, not enforced, redirected", GoldenStatementsIT::insertStampedUnguarded);
        cases.put("insertAll", test -> test.insertAll(KEEP, PLAIN));
        cases.put("insertAll, TOUCH", test -> test.insertAll(TOUCH, PLAIN));
        cases.put("insertAll, match", test -> test.insertAll(MATCH, PLAIN));
        cases.put("insertAll, requireState", test -> test.insertAll(STATE, PLAIN));
        cases.put("insertAll, soft", test -> test.insertAll(SOFT, LOOSE));
        cases.put("insertAll, once by itself", test -> test.insertAll(KEEP, ONCE));
        cases.put("insertAll, once in its parent, TOUCH", test -> test.insertAll(TOUCH, ONCE_IN_PARENT));
        cases.put("insertAll, a reference that may be NULL", GoldenStatementsIT::insertAllByLabel);
        cases.put("insertAll, once, all taken back", GoldenStatementsIT::insertAllAndTakeBack);
        cases.put("insertAll, an operator off the search path", test -> test.insertLines("Ann", "Bob"));
        return cases;
    }

    static List<String> names() {
        return List.copyOf(CASES.keySet());
    }

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE app.docs, app.notes, app.tags, app.taggings, app.stamped, app.mails, app.lines;"
                + " INSERT INTO app.docs (tenant, no, title) VALUES ('a', 1, 'there')");
        connection = sent.on(database.connect());
        Guard guard = Guard.of(connection, rule -> mode, List.of());
        graph = guard.graph();
        ensure = guard.ensureParent(connection);
    }

    @ParameterizedTest
    @MethodSource("names")
    void areSentAsWritten(String name) throws IOException {
        CASES.get(name).accept(this);
        assertThat(String.join(NEXT_MESSAGE, sent.texts())).isEqualTo(sections().get(name));
    }

    @Test
    void areWrittenForTheCasesThatAreSent() throws IOException {
        assertThat(sections().keySet()).containsExactlyElementsOf(CASES.keySet());
    }

    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        try (InputStream stream = GoldenStatementsIT.class.getResourceAsStream("golden-statements.sql")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            for (String section : text.split("(?m)^-- == ")) {
                if (!section.isBlank()) {
                    int end = section.indexOf('\n');
                    sections.put(
                            section.substring(0, end), section.substring(end).strip());
                }
            }
        }
        return sections;
    }

    private void ensure(UnaryOperator<ParentRuleBuilder> kind, int no) {
        ensure.ensure(doc(docs(kind), no));
    }

    private void ensureAll(UnaryOperator<ParentRuleBuilder> kind) {
        ParentRule docs = docs(kind);
        ensure.ensureAll(docs, List.of(doc(docs, 8), doc(docs, 7)));
    }

    private void lockAll(UnaryOperator<ParentRuleBuilder> kind, int... numbers) {
        ParentRule docs = docs(kind);
        ensure.lockAll(docs, IntStream.of(numbers).mapToObj(no -> doc(docs, no)).toList());
    }

    private void ensureRanked() {
        ParentRule docs = docs(KEEP);
        ensure.ensureAll(docs, List.of(ranked(docs, 8, 1), ranked(docs, 7, new BigDecimal("1.50"))));
    }

    private static ParentRow ranked(ParentRule docs, int no, Object rank) {
        return docs.row(docs.key(no, "a"), docs.values().set("rank", rank).build());
    }

    private void ensureTag() {
        ParentRule tags = tags();
        ensure.ensure(tags.row(tags.key("Ann")));
    }

    private void ensureTags() {
        ParentRule tags = tags();
        ensure.ensureAll(tags, List.of(tags.row(tags.key("Ann")), tags.row(tags.key("ANN"))));
    }

    private ParentRule tags() {
        return ParentRule.on(graph, TableName.of("app", "tags"))
                .touchVersion("loose_version")
                .build();
    }

    private void ensureLabelled() {
        ParentRule tags = labelled(rule -> rule.touchVersion("loose_version"));
        ensure.ensureAll(tags, List.of(labelled(tags, "b"), labelled(tags, "a")));
    }

    private void ensureAllAndAbort() {
        ParentRule docs = docs(rule -> rule.requireState("state", "CLOSED").touchVersion("version"));
        inTransaction(() -> FailingCall.of(() -> ensure.ensureAll(docs, List.of(doc(docs, 8), doc(docs, 7))))
                .hasCode(FailureCode.CREATED_STATE));
    }

    /** A trigger creates the note as a rival would, once its doc is there. */
    private void ensureAndTakeBackAnAncestor() {
        ParentRule notes = ParentRule.on(graph, TableName.of("app", "notes")).build();
        ParentRow note = notes.row(notes.key(new UUID(0, 1))).under(doc(docs(KEEP), 7));
        inTransaction(() -> {
            execute("""
                    CREATE FUNCTION app.rival() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        INSERT INTO app.notes (id) VALUES ('00000000-0000-0000-0000-000000000001');
                        RETURN NULL;
                    END $$;
                    CREATE TRIGGER rival AFTER INSERT ON app.docs EXECUTE FUNCTION app.rival()""");
            assertThat(ensure.ensure(note)).isInstanceOf(EnsureOutcome.Existing.class);
        });
    }

    private void insertByLabel() {
        ChildRule taggings = taggings();
        ensure.insert(taggings, taggings.row(labelled(taggings.parent(), "a"), RowValues.none(taggings.table())));
    }

    private void insertAllByLabel() {
        ChildRule taggings = taggings();
        RowValues now = taggings.values().set("at", Instant.EPOCH).build();
        ensure.insertAll(
                taggings,
                List.of(
                        taggings.row(labelled(taggings.parent(), "b"), now),
                        taggings.row(labelled(taggings.parent(), "a"), now)));
    }

    private ChildRule taggings() {
        return ChildRule.on(graph, TableName.of("app", "taggings"), labelled(KEEP))
                .build();
    }

    private ParentRule labelled(UnaryOperator<ParentRuleBuilder> kind) {
        return kind.apply(ParentRule.on(graph, TableName.of("app", "tags")).referencedBy("label"))
                .build();
    }

    private static ParentRow labelled(ParentRule tags, String name) {
        return tags.row(tags.key(name), tags.values().set("label", name).build());
    }

    private void insert(UnaryOperator<ParentRuleBuilder> parent, UnaryOperator<ChildRuleBuilder> child, int no) {
        ChildRule notes = notes(docs(parent), child);
        ensure.insert(notes, note(notes, no, UUID.randomUUID()));
    }

    private void insertByPair() {
        ParentRule docs = docs(rule -> rule.key("tenant", "no").referencedBy("tenant", "no"));
        ChildRule notes = notes(docs, rule -> rule.columns("tenant", "no"));
        RowValues body = notes.values().set("id", UUID.randomUUID()).build();
        ensure.insert(notes, notes.row(doc(docs, 7), body));
    }

    private void insertTwice(UnaryOperator<ChildRuleBuilder> child) {
        ChildRule notes = notes(docs(KEEP), child);
        ChildRow note = note(notes, 7, UUID.randomUUID());
        ensure.insert(notes, note);
        sent.clear();
        assertThat(ensure.insert(notes, note)).isInstanceOf(ChildOutcome.Duplicate.class);
    }

    /** A trigger on the child's table has the parent ensured by itself, and the child found elsewhere only afterwards. */
    private void insertAndTakeBack() {
        ChildRule stamped = ChildRule.on(graph, TableName.of("app", "stamped"), docs(KEEP))
                .onceBy("id")
                .build();
        RowValues id = stamped.values().set("id", UUID.randomUUID()).build();
        ensure.insert(stamped, stamped.row(doc(stamped.parent(), 1), id));
        inTransaction(() -> assertThat(ensure.insert(stamped, stamped.row(doc(stamped.parent(), 7), id)))
                .isInstanceOf(ChildOutcome.Elsewhere.class));
    }

    private void insertUnguarded(UnaryOperator<ChildRuleBuilder> child) {
        mode = GuardMode.OFF;
        insert(KEEP, child, 1);
    }

    private void insertStampedUnguarded() {
        mode = GuardMode.OFF;
        ChildRule stamped =
                ChildRule.on(graph, TableName.of("app", "stamped"), docs(KEEP)).build();
        RowValues id = stamped.values().set("id", UUID.randomUUID()).build();
        FailingCall.of(() -> ensure.insert(stamped, stamped.row(doc(stamped.parent(), 7), id)));
    }

    private void insertAll(UnaryOperator<ParentRuleBuilder> parent, UnaryOperator<ChildRuleBuilder> child) {
        ChildRule notes = notes(docs(parent), child);
        ensure.insertAll(notes, List.of(note(notes, 8, UUID.randomUUID()), note(notes, 7, UUID.randomUUID())));
    }

    private void insertAllAndTakeBack() {
        ChildRule notes = notes(docs(KEEP), ONCE);
        UUID id = UUID.randomUUID();
        inTransaction(() -> assertThat(ensure.insertAll(notes, List.of(note(notes, 8, id), note(notes, 7, id))))
                .hasAtLeastOneElementOfType(ChildOutcome.Elsewhere.class));
    }

    private void insertLines(String... mails) {
        ParentRule parents = ParentRule.on(graph, TableName.of("app", "mails"))
                .match("owner")
                .build();
        ChildRule lines = ChildRule.on(graph, TableName.of("app", "lines"), parents)
                .onceBy("mail", "no")
                .build();
        List<ChildRow> rows = Stream.of(mails)
                .map(mail -> lines.row(
                        parents.row(
                                parents.key(mail),
                                parents.values().set("owner", "o").build()),
                        lines.values().set("no", "1").build()))
                .toList();
        if (rows.size() == 1) {
            ensure.insert(lines, rows.get(0));
            ensure.insert(lines, rows.get(0));
        } else {
            ensure.insertAll(lines, rows);
            ensure.insertAll(lines, rows);
        }
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void inTransaction(Runnable work) {
        try {
            connection.setAutoCommit(false);
            sent.clear();
            work.run();
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private ParentRule docs(UnaryOperator<ParentRuleBuilder> kind) {
        return kind.apply(ParentRule.on(graph, TableName.of("app", "docs")).key("no", "tenant"))
                .build();
    }

    private ChildRule notes(ParentRule docs, UnaryOperator<ChildRuleBuilder> kind) {
        return kind.apply(ChildRule.on(graph, TableName.of("app", "notes"), docs))
                .build();
    }

    private static ParentRow doc(ParentRule docs, int no) {
        Object[] key = docs.key().columns().get(0).name().name().equals("no")
                ? new Object[] {no, "a"}
                : new Object[] {"a", no};
        return docs.row(
                docs.key(key),
                docs.values().set("title", "new").set("rank", null).build());
    }

    private static ChildRow note(ChildRule notes, int no, UUID id) {
        return notes.row(
                doc(notes.parent(), no),
                notes.values().set("id", id).set("no", 5).set("body", "hi").build());
    }
}
