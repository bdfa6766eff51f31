package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome.Present;
import dev.writeguard.ensure.EnsureOutcome.Refused;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to a parent that is there: KEEP, TOUCH, match and the required state. */
@Schema("""
        CREATE TYPE phase AS ENUM ('OPEN', 'CLOSED', 'it''s "odd"');
        CREATE TABLE docs (
            id int PRIMARY KEY, owner text, rank numeric(10,2), title text DEFAULT 'untitled', phase phase DEFAULT 'OPEN',
            flag boolean, level int, letter char(3), seen timestamptz DEFAULT '2000-01-01', day date,
            version int DEFAULT 0 NOT NULL, loose_version smallint, short_name varchar(3));
        CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY, doc_id int REFERENCES docs, body text);
        """)
class ExistingParentsIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute(
                "TRUNCATE docs, notes; INSERT INTO docs (id, owner, rank) VALUES (1, 'ann', 1), (2, NULL, NULL)");
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void keepsItAsItIs(Way way, boolean autocommit, Database database) throws SQLException {
        var before = database.queryStrings("SELECT d::text || d.xmin FROM docs d ORDER BY id");
        run(
                way,
                autocommit,
                notes(doc -> doc),
                values -> values.set("owner", "bob").set("title", "changed"),
                1,
                2);
        assertThat(database.queryStrings("SELECT d::text || d.xmin FROM docs d ORDER BY id"))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void touchesOnlyWhatTheRuleNames(Way way, boolean autocommit, Database database) throws SQLException {
        ChildRule notes = notes(
                doc -> doc.touch("title", "rank").touchClock("seen", "day").touchVersion("version"));
        run(
                way,
                autocommit,
                notes,
                values -> values.set("owner", "bob").set("title", "new").set("rank", null),
                1,
                1);
        assertThat(database.queryStrings("SELECT concat_ws(' ', owner, title, rank, version, seen > '2020-01-01',"
                        + " day = (seen AT TIME ZONE '" + Database.zone() + "')::date) FROM docs WHERE id = 1"))
                .containsExactly("ann new 1 t t");
        assertThat(database.queryLong("SELECT version FROM docs WHERE id = 2")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"ENSURE, true", "ENSURE, false", "ENSURE_ALL, true", "ENSURE_ALL, false"})
    void reportsTheVersionThatTheTouchLeft(Way way, boolean autocommit, Database database) throws SQLException {
        ChildRule notes = notes(doc -> doc.touchVersion("version"));
        for (int version = 1; version <= 7; version++) {
            Present present = (Present) run(way, autocommit, notes, values -> values, 1, 1);
            assertThat(present.version()).isEqualTo(OptionalLong.of(version));
            Present created = (Present) run(way, autocommit, notes, values -> values, 10 + version, 10 + version);
            assertThat(created.version()).isEqualTo(OptionalLong.of(1));
            assertThat(database.queryLong("SELECT version FROM docs WHERE id = 1"))
                    .isEqualTo(version);
        }
    }

    @ParameterizedTest
    @CsvSource({"ENSURE, true", "ENSURE, false", "ENSURE_ALL, true", "ENSURE_ALL, false"})
    void reportsTheTimesThatTheTouchLeft(Way way, boolean autocommit, Database database) throws SQLException {
        ChildRule notes = notes(doc -> doc.touchClock("seen", "day").touchVersion("version"));
        for (int id : new int[] {1, 10}) {
            Present present = (Present) run(way, autocommit, notes, values -> values, id, id);
            assertThat(present.version()).isEqualTo(OptionalLong.of(1));
            OffsetDateTime seen =
                    (OffsetDateTime) Objects.requireNonNull(present.times().value("seen"));
            assertThat(present.times().value("day"))
                    .isEqualTo(seen.atZoneSameInstant(Database.zone()).toLocalDate());
            assertThat(database.queryStrings("SELECT to_char(seen AT TIME ZONE 'UTC',"
                            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM docs WHERE id = " + id))
                    .containsExactly(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSX")
                            .format(seen.atZoneSameInstant(ZoneOffset.UTC)));
        }
        Present untouched = (Present) run(way, autocommit, notes(doc -> doc), values -> values, 1, 1);
        assertThat(untouched.times().columns()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void startsAVersionThatIsNull(Way way, boolean autocommit, Database database) throws SQLException {
        ChildRule notes = notes(doc -> doc.touchVersion("loose_version"));
        Object outcome = run(way, autocommit, notes, values -> values, 1, 1);
        if (outcome instanceof Present present) {
            assertThat(present.version()).isEqualTo(OptionalLong.of(1));
        }
        assertThat(database.queryLong("SELECT loose_version FROM docs WHERE id = 1"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void reportsAVersionThatIsAtItsEnd(Way way, boolean autocommit, Database database) throws SQLException {
        database.execute("UPDATE docs SET loose_version = 32767");
        ChildRule notes = notes(doc -> doc.touchVersion("loose_version"));
        connection.setAutoCommit(autocommit);
        FailingCall.on(connection, database, () -> run(way, autocommit, notes, values -> values, 1, 1))
                .hasCode(FailureCode.VALUE_REJECTED)
                .hasState("22003");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void matchesByTheTypesOfTheColumnsAndNullWithNull(Way way, boolean autocommit, Database database)
            throws SQLException {
        ChildRule notes = notes(doc -> doc.match("owner", "rank"));
        assertUsable(
                run(way, autocommit, notes, values -> values.set("owner", "ann").set("rank", "1.0"), 1, 1));
        assertUsable(
                run(way, autocommit, notes, values -> values.set("owner", null).set("rank", null), 2, 2));
        var before = Contents.of(database);
        assertMismatch(
                run(way, autocommit, notes, values -> values.set("owner", "bob").set("rank", 1), 1, 1), "[owner]");
        assertMismatch(
                run(way, autocommit, notes, values -> values.set("owner", null).set("rank", 2), 1, 1), "[owner, rank]");
        assertMismatch(
                run(way, autocommit, notes, values -> values.set("owner", "ann").set("rank", null), 2, 2), "[owner]");
        assertThat(Contents.of(database)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void asksForTheValuesThatMustMatch(Way way, boolean autocommit, Database database) throws SQLException {
        for (ChildRule notes : List.of(notes(doc -> doc.match("owner")), notes(doc -> doc.touch("owner")))) {
            connection.setAutoCommit(autocommit);
            FailingCall.on(connection, database, () -> run(way, autocommit, notes, values -> values, 1, 1))
                    .hasCode(FailureCode.VALUES_MISSING)
                    .isAbout("docs")
                    .says("owner");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "phase, OPEN, CLOSED",
        "phase, 'it''s \"odd\"', OPEN",
        "title, 'a ? b', 'a'",
        "flag, true, false",
        "level, 7, 8",
        "letter, 'ab', 'cd'",
        "rank, 1.50, 1.51"
    })
    void acceptsStatesOfEveryType(String column, String good, String bad, Database database) throws SQLException {
        ChildRule notes = notes(doc -> doc.requireState(column, good));
        for (Way way : Way.values()) {
            for (boolean autocommit : new boolean[] {true, false}) {
                setState(database, column, good);
                assertUsable(run(way, autocommit, notes, values -> values, 1, 1));
                for (String refused : new String[] {bad, null}) {
                    setState(database, column, refused);
                    var before = Contents.of(database);
                    assertWrongState(run(way, autocommit, notes, values -> values, 1, 1), refused);
                    assertThat(Contents.of(database)).isEqualTo(before);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void saysThatANewParentIsInAStateOfItsOwnRule(Way way, boolean autocommit, Database database) throws SQLException {
        ChildRule notes = notes(doc -> doc.requireState("phase", "OPEN"));
        connection.setAutoCommit(autocommit);
        FailingCall.on(
                        connection,
                        database,
                        () -> run(way, autocommit, notes, values -> values.set("phase", "CLOSED"), 8, 9))
                .hasCode(FailureCode.CREATED_STATE)
                .isAbout("docs")
                .says("phase");
        assertUsable(run(way, autocommit, notes, values -> values, 8, 9));
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void saysThatANewParentWasStoredWithOtherValues(Way way, boolean autocommit, Database database)
            throws SQLException {
        ChildRule notes = notes(doc -> doc.match("short_name"));
        connection.setAutoCommit(autocommit);
        FailingCall.on(
                        connection,
                        database,
                        () -> run(way, autocommit, notes, values -> values.set("short_name", "abc    "), 8, 9))
                .hasCode(FailureCode.CREATED_STATE)
                .isAbout("docs")
                .says("stored with other values in [short_name]");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void ensuresTheOthersOfABulkWhereOneIsRefused(boolean autocommit, boolean touches, Database database)
            throws SQLException {
        ParentRuleBuilder builder = ParentRule.on(guard.graph(), "docs").match("owner");
        ParentRule docs = touches ? builder.touchVersion("version").build() : builder.build();
        connection.setAutoCommit(autocommit);
        List<EnsureOutcome> outcomes = ensure.ensureAll(
                docs,
                List.of(
                        docs.row(docs.key(1), docs.values().set("owner", "bob").build()),
                        docs.row(docs.key(9), docs.values().set("owner", "bob").build()),
                        docs.row(docs.key(1), docs.values().set("owner", "ann").build())));
        if (!autocommit) {
            connection.commit();
        }
        assertThat(outcomes).extracting(EnsureOutcome::name).containsExactly("refused", "created", "existing");
        assertThat(database.queryStrings("SELECT owner || version FROM docs WHERE owner IS NOT NULL ORDER BY id"))
                .containsExactly(touches ? "ann1" : "ann0", touches ? "bob1" : "bob0");
    }

    @Test
    void throwsARefusalOnlyIfAskedTo() {
        ParentRule docs = ParentRule.on(guard.graph(), "docs")
                .requireState("owner", "xyzzy")
                .build();
        EnsureOutcome refused = ensure.ensure(docs.row(docs.key(1)));
        FailingCall.of(refused::orThrow)
                .hasCode(FailureCode.PARENT_STATE)
                .hasState(null)
                .isAbout("docs");
        ChildRule notes = ChildRule.on(guard.graph(), "notes", docs).build();
        ChildOutcome child = ensure.insert(notes, notes.row(docs.key(1), RowValues.none(notes.table())));
        FailingCall.of(child::orThrow).hasCode(FailureCode.PARENT_STATE).isAbout("notes");
    }

    private ChildRule notes(UnaryOperator<ParentRuleBuilder> rule) {
        ParentRule docs = rule.apply(ParentRule.on(guard.graph(), "docs")).build();
        return ChildRule.on(guard.graph(), "notes", docs).build();
    }

    private Object run(
            Way way, boolean autocommit, ChildRule notes, UnaryOperator<RowValues.Builder> values, int first, int last)
            throws SQLException {
        ParentRule docs = notes.parent();
        connection.setAutoCommit(autocommit);
        Object outcome = way.run(
                ensure,
                notes,
                notes.row(
                        docs.row(docs.key(first), values.apply(docs.values()).build()), RowValues.none(notes.table())),
                notes.row(
                        docs.row(docs.key(last), values.apply(docs.values()).build()), RowValues.none(notes.table())));
        if (!autocommit) {
            connection.commit();
        }
        return outcome;
    }

    private static void setState(Database database, String column, @Nullable String state) throws SQLException {
        database.queryStrings(
                "UPDATE docs SET " + column + " = CAST(? AS text)::" + typeOf(column) + " WHERE id = 1 RETURNING id",
                state);
    }

    private static String typeOf(String column) {
        return switch (column) {
            case "phase" -> "phase";
            case "flag" -> "boolean";
            case "level" -> "int";
            case "rank" -> "numeric";
            default -> "text";
        };
    }

    private static void assertUsable(Object outcome) {
        assertThat(outcome).isInstanceOfAny(Present.class, ChildOutcome.Inserted.class);
    }

    private static void assertMismatch(Object outcome, String columns) {
        assertThat(refusal(outcome))
                .isInstanceOfSatisfying(
                        Refusal.Mismatch.class,
                        mismatch -> assertThat(mismatch.columns()).hasToString(columns));
    }

    private static void assertWrongState(Object outcome, @Nullable String state) {
        assertThat(refusal(outcome)).isInstanceOfSatisfying(Refusal.WrongState.class, wrong -> {
            assertThat(wrong.state()).isEqualTo(String.valueOf(state));
            if (state != null && state.length() > 1) {
                assertThat(wrong.toString()).doesNotContain(state);
            }
        });
    }

    private static Refusal refusal(Object outcome) {
        return outcome instanceof Refused refused ? refused.why() : ((ChildOutcome.Refused) outcome).why();
    }
}
