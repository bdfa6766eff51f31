package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome.Present;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.CompletedEvents;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parents that children refer to by a column that may be NULL: no child can refer to one that is. */
@Schema("""
        CREATE TABLE places (
            id int PRIMARY KEY, code text UNIQUE, name text, shout text GENERATED ALWAYS AS (upper(name)) STORED UNIQUE,
            visited int NOT NULL DEFAULT 0);
        CREATE TABLE visits (
            id int GENERATED ALWAYS AS IDENTITY, no int UNIQUE, code text REFERENCES places (code),
            shout text REFERENCES places (shout));
        CREATE TABLE stays (id int GENERATED ALWAYS AS IDENTITY, code text NOT NULL REFERENCES places (code));
        CREATE TABLE rooms (id int PRIMARY KEY, code text REFERENCES places (code));
        CREATE TABLE redirected (id int PRIMARY KEY, code text UNIQUE);
        CREATE TABLE lost (id int GENERATED ALWAYS AS IDENTITY, code text REFERENCES redirected (code));
        CREATE FUNCTION lose_code() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.code := NULL; RETURN NEW; END';
        CREATE TRIGGER lose_code BEFORE INSERT ON redirected FOR EACH ROW EXECUTE FUNCTION lose_code();
        """)
class NullReferencesIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE places, visits, stays, rooms, redirected, lost;"
                + " INSERT INTO places (id, code) VALUES (1, NULL), (2, 'two')");
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refusesAStoredParentThatNobodyCanReferTo(Way way, boolean autocommit, Database database) throws SQLException {
        connection.setAutoCommit(autocommit);
        Map<String, List<@Nullable String>> before = Contents.of(database);
        for (ParentRule places : List.of(
                places(rule -> rule),
                places(rule -> rule.touchVersion("visited")),
                places(ParentRuleBuilder::lookFirst))) {
            for (String table : List.of("visits", "stays")) {
                assertRefused(way, ChildRule.on(guard.graph(), table, places).build(), before, database);
            }
            assertRefused(
                    way,
                    ChildRule.on(guard.graph(), "visits", places)
                            .onceBy("no")
                            .returning("id")
                            .build(),
                    before,
                    database);
        }
    }

    private void assertRefused(
            Way way, ChildRule children, Map<String, List<@Nullable String>> before, Database database)
            throws SQLException {
        Object outcome = way.run(ensure, children, child(children, 1, 1), child(children, 1, 2));
        FailingCall.commitIfPossible(connection);
        assertThat(Contents.of(database)).isEqualTo(before);
        assertThat(outcome instanceof EnsureOutcome.Refused refused ? refused.why() : why(outcome))
                .isInstanceOfSatisfying(
                        Refusal.NullReference.class,
                        refusal -> assertThat(refusal.columns()).hasToString("[code]"));
        FailingCall.of(() -> {
                    if (outcome instanceof EnsureOutcome parent) {
                        parent.orThrow();
                    } else {
                        ((ChildOutcome) outcome).orThrow();
                    }
                })
                .hasCode(FailureCode.REFERENCE_NULL)
                .hasState(null)
                .says("NULL in [code]");
    }

    private static Refusal why(Object outcome) {
        return ((ChildOutcome.Refused) outcome).why();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void touchesTheOthersOfABulkOnly(boolean autocommit, boolean touches, Database database) throws SQLException {
        ParentRule places = places(rule -> touches ? rule.touchVersion("visited") : rule);
        connection.setAutoCommit(autocommit);
        List<EnsureOutcome> outcomes = ensure.ensureAll(
                places,
                List.of(
                        child(visits(places), 1, 1).parent(),
                        child(visits(places), 2, 2).parent()));
        FailingCall.commitIfPossible(connection);
        assertThat(outcomes).extracting(EnsureOutcome::name).containsExactly("refused", "existing");
        assertThat(database.queryStrings("SELECT visited FROM places ORDER BY id"))
                .containsExactly("0", touches ? "1" : "0");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void insertsUnderAParentThatHasAValue(Way way, boolean autocommit, Database database) throws SQLException {
        ChildRule visits = visits(places(rule -> rule));
        connection.setAutoCommit(autocommit);
        Object outcome = way.run(ensure, visits, child(visits, 2, 1), child(visits, 2, 2));
        FailingCall.commitIfPossible(connection);
        if (outcome instanceof Present present) {
            assertThat(present.reference().value("code")).isEqualTo("two");
        }
        assertThat(database.queryStrings("SELECT code FROM visits"))
                .isEqualTo(way.writesChild() ? Collections.nCopies(way.isBulk() ? 2 : 1, "two") : List.of());
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void asksForTheValueByWhichChildrenRefer(Way way, boolean autocommit, Database database) throws SQLException {
        ChildRule visits = visits(places(rule -> rule));
        connection.setAutoCommit(autocommit);
        for (RowValues values : List.of(
                visits.parent().values().build(),
                visits.parent().values().set("code", null).build())) {
            ParentRule places = visits.parent();
            ChildRow visit = visits.row(places.row(places.key(7), values), values(visits, 7));
            FailingCall.on(connection, database, () -> way.run(ensure, visits, visit, visit))
                    .hasCode(FailureCode.VALUES_MISSING)
                    .isAbout("places")
                    .says("[code]");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void createsNoParentForWhichTheDatabaseComputesNull(Way way, boolean autocommit, Database database)
            throws SQLException {
        ChildRule visits = visits(
                ParentRule.on(guard.graph(), "places").referencedBy("shout").build());
        ChildRow visit = visits.row(visits.parent().key(7), values(visits, 7));
        connection.setAutoCommit(autocommit);
        FailingCall.on(connection, database, () -> way.run(ensure, visits, visit, visit))
                .hasCode(FailureCode.REFERENCE_NULL)
                .isAbout("places")
                .says("created", "NULL in [shout]");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void createsNoParentOfWhichATriggerTakesTheValue(Way way, boolean autocommit, Database database)
            throws SQLException {
        ParentRule redirected =
                ParentRule.on(guard.graph(), "redirected").referencedBy("code").build();
        ChildRule lost = ChildRule.on(guard.graph(), "lost", redirected).build();
        ChildRow row = lost.row(
                redirected.row(
                        redirected.key(7),
                        redirected.values().set("code", "seven").build()),
                RowValues.none(lost.table()));
        connection.setAutoCommit(autocommit);
        FailingCall.on(connection, database, () -> way.run(ensure, lost, row, row))
                .hasCode(FailureCode.REFERENCE_NULL)
                .isAbout("redirected")
                .says("NULL in [code]");
    }

    @Test
    void refusesAnAncestorThatNobodyCanReferTo(Database database) throws SQLException {
        ParentRule places = places(rule -> rule);
        ParentRule rooms = ParentRule.on(guard.graph(), "rooms").build();
        for (boolean autocommit : new boolean[] {true, false}) {
            connection.setAutoCommit(autocommit);
            FailingCall.on(
                            connection,
                            database,
                            () -> ensure.ensure(rooms.row(rooms.key(5)).under(places.row(places.key(1)))))
                    .hasCode(FailureCode.REFERENCE_NULL)
                    .isAbout("places");
        }
    }

    @ParameterizedTest
    @CsvSource({"ENSURE, 2", "ENSURE_ALL, 2", "INSERT, 2", "INSERT_ALL, 3"})
    void costsWhatARequiredStateCosts(Way way, int roundTrips) {
        CompletedEvents events = new CompletedEvents();
        Guard listening = Guard.of(connection, rule -> GuardMode.ENFORCE, List.of(events));
        for (ChildRule visits : List.of(
                visits(places(rule -> rule)), visits(places(rule -> rule.requireState("code", "new", "two"))))) {
            way.run(
                    listening.ensureParent(connection),
                    visits,
                    child(visits, 2, 10 * events.all().size()),
                    child(visits, 2, 10 * events.all().size() + 1));
        }
        assertThat(events.all()).extracting(OperationEvent::roundTrips).containsExactly(roundTrips, roundTrips);
    }

    private ParentRule places(UnaryOperator<ParentRuleBuilder> rule) {
        return rule.apply(ParentRule.on(guard.graph(), "places").referencedBy("code"))
                .build();
    }

    private ChildRule visits(ParentRule places) {
        return ChildRule.on(guard.graph(), "visits", places).build();
    }

    private static ChildRow child(ChildRule children, int place, int no) {
        ParentRule places = children.parent();
        return children.row(
                places.row(places.key(place), places.values().set("code", "new").build()), values(children, no));
    }

    private static RowValues values(ChildRule children, int no) {
        return children.table().column("no").isEmpty()
                ? RowValues.none(children.table())
                : children.values().set("no", no).build();
    }
}
