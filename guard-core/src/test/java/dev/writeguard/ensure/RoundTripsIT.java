package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ChildRuleBuilder;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.CompletedEvents;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.PostgresServer;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.WireProxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The round trips of every operation and route, on the wire and as listeners hear of them, from the first use of its statements to
 * long after the server has prepared them.
 */
@Schema(KeyKinds.SCHEMA)
class RoundTripsIT {

    /** Four times the driver's prepareThreshold. */
    private static final int RUNS = 20;

    private final WireProxy proxy = WireProxy.to(PostgresServer.shared());
    private final CompletedEvents events = new CompletedEvents();
    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;
    private GuardMode mode = GuardMode.ENFORCE;
    private int lastId = 1000;

    /** One call of an operation; each run of it gets a number of its own, which is absent from the tables. */
    private interface Call {
        void run(Rules rules, int absent);
    }

    /** With the round trips with autocommit, inside a transaction, and with autocommit for a numeric key. */
    private record Operation(String name, int autocommit, int transaction, int numeric, Call call) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> operations() {
        return Stream.concat(ensures(), inserts())
                .flatMap(operation -> Stream.of(KeyKinds.values()).map(keys -> Arguments.of(operation, keys)));
    }

    private static Stream<Operation> ensures() {
        return Stream.of(
                new Operation("ensure, absent", 1, 1, 2, (rules, i) -> rules.ensure(KEEP, i)),
                new Operation("ensure, there", 1, 1, 2, (rules, i) -> rules.ensure(KEEP, 0)),
                new Operation("ensure, look, hit", 1, 1, 2, (rules, i) -> rules.ensure(LOOK, 0)),
                new Operation("ensure, look, miss", 2, 2, 3, (rules, i) -> rules.ensure(LOOK, i)),
                new Operation("ensure, TOUCH", 1, 1, 2, (rules, i) -> rules.ensure(TOUCH, 0)),
                new Operation("ensure, TOUCH, absent", 1, 1, 2, (rules, i) -> rules.ensure(TOUCH, i)),
                new Operation("ensure, match", 1, 1, 2, (rules, i) -> rules.ensure(MATCH, 0)),
                new Operation("ensure, match, refused", 1, 1, 2, (rules, i) -> rules.ensure(MATCH, 1)),
                new Operation("ensure, state", 2, 1, 2, (rules, i) -> rules.ensure(STATE, 0)),
                new Operation("ensure, match and TOUCH", 2, 1, 2, (rules, i) -> rules.ensure(MATCH_TOUCH, 0)),
                new Operation("ensure, match and TOUCH, refused", 3, 2, 3, (rules, i) -> rules.ensure(MATCH_TOUCH, 1)),
                new Operation("ensure, soft", 1, 1, 2, (rules, i) -> rules.ensure(SOFT, i)),
                new Operation("ensure, ancestor, there", 2, 1, 2, (rules, i) -> rules.ensureUnderRoot(0)),
                new Operation("ensure, ancestor, absent", 4, 3, 4, (rules, i) -> rules.ensureUnderRoot(i)),
                new Operation("ensureAll", 1, 1, 2, (rules, i) -> rules.ensureAll(KEEP, 0, i)),
                new Operation("ensureAll, look, hit", 1, 1, 2, (rules, i) -> rules.ensureAll(LOOK, 0, 1)),
                new Operation("ensureAll, look, miss", 2, 2, 3, (rules, i) -> rules.ensureAll(LOOK, 0, i)),
                new Operation("ensureAll, TOUCH", 1, 1, 2, (rules, i) -> rules.ensureAll(TOUCH, 0, i)),
                new Operation("ensureAll, match", 1, 1, 2, (rules, i) -> rules.ensureAll(MATCH, 0, i)),
                new Operation("ensureAll, state", 2, 1, 2, (rules, i) -> rules.ensureAll(STATE, 0, i)));
    }

    private static Stream<Operation> inserts() {
        return Stream.of(
                new Operation("insert, absent", 1, 1, 1, (rules, i) -> rules.insert(KEEP, PLAIN, i)),
                new Operation("insert, there", 1, 1, 1, (rules, i) -> rules.insert(KEEP, PLAIN, 0)),
                new Operation("insert, look, hit", 1, 1, 1, (rules, i) -> rules.insert(LOOK, PLAIN, 0)),
                new Operation("insert, look, miss", 2, 2, 2, (rules, i) -> rules.insert(LOOK, PLAIN, i)),
                new Operation("insert, returning its id", 1, 1, 1, (rules, i) -> rules.insert(KEEP, ID, i)),
                new Operation("insert, returning text", 2, 1, 2, (rules, i) -> rules.insert(KEEP, BODY, i)),
                new Operation("insert, TOUCH", 1, 1, 1, (rules, i) -> rules.insert(TOUCH, PLAIN, i)),
                new Operation("insert, match", 2, 1, 2, (rules, i) -> rules.insert(MATCH, PLAIN, 0)),
                new Operation("insert, match, refused", 3, 2, 3, (rules, i) -> rules.insert(MATCH, PLAIN, 1)),
                new Operation("insert, state", 2, 1, 2, (rules, i) -> rules.insert(STATE, PLAIN, i)),
                new Operation("insert, soft", 1, 1, 1, (rules, i) -> rules.insert(SOFT, LOOSE, i)),
                new Operation("insert, once", 2, 1, 2, (rules, i) -> rules.insert(KEEP, ONCE, i)),
                new Operation("insert, once, stored", 3, 2, 3, (rules, i) -> rules.insertAgain()),
                new Operation("insertAll", 1, 1, 1, (rules, i) -> rules.insertAll(KEEP, PLAIN, 0, i)),
                new Operation("insertAll, look", 4, 3, 4, (rules, i) -> rules.insertAll(LOOK, PLAIN, 0, i)),
                new Operation("insertAll, TOUCH", 1, 2, 1, (rules, i) -> rules.insertAll(TOUCH, PLAIN, 0, i)),
                new Operation("insertAll, match", 3, 2, 3, (rules, i) -> rules.insertAll(MATCH, PLAIN, 0, i)),
                new Operation("insertAll, state", 3, 2, 3, (rules, i) -> rules.insertAll(STATE, PLAIN, 0, i)),
                new Operation("insertAll, soft", 1, 1, 1, (rules, i) -> rules.insertAll(SOFT, LOOSE, 0, i)),
                new Operation("insertAll, once", 4, 3, 4, (rules, i) -> rules.insertAll(KEEP, ONCE, 0, i)));
    }

    private static final UnaryOperator<ParentRuleBuilder> KEEP = rule -> rule;
    private static final UnaryOperator<ParentRuleBuilder> LOOK = ParentRuleBuilder::lookFirst;
    private static final UnaryOperator<ParentRuleBuilder> TOUCH = rule -> rule.touchVersion("version");
    private static final UnaryOperator<ParentRuleBuilder> MATCH = rule -> rule.match("owner");
    private static final UnaryOperator<ParentRuleBuilder> MATCH_TOUCH =
            rule -> rule.match("owner").touchVersion("version");
    private static final UnaryOperator<ParentRuleBuilder> STATE = rule -> rule.requireState("state", "OPEN");
    private static final UnaryOperator<ParentRuleBuilder> SOFT = ParentRuleBuilder::soft;
    private static final UnaryOperator<ChildRuleBuilder> PLAIN = rule -> rule;
    private static final UnaryOperator<ChildRuleBuilder> ID = rule -> rule.returning("id");
    private static final UnaryOperator<ChildRuleBuilder> BODY = rule -> rule.returning("body");
    private static final UnaryOperator<ChildRuleBuilder> ONCE = rule -> rule.onceBy("id");
    private static final UnaryOperator<ChildRuleBuilder> LOOSE = rule -> rule.columns("soft");

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute(
                "TRUNCATE roots, by_uuid, by_text, by_numeric, by_code, uuid_kids, text_kids, numeric_kids, code_kids");
        connect(database, new Properties());
    }

    private void connect(Database database, Properties properties) throws SQLException {
        connection = database.connect(proxy, properties);
        guard = Guard.of(connection, rule -> mode, List.of(events));
        ensure = guard.ensureParent(connection);
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("operations")
    void areAsFewAsStated(Operation operation, KeyKinds keys) throws SQLException {
        Rules rules = new Rules(keys);
        assertRoundTrips(
                operation, rules, true, keys == KeyKinds.NUMERIC ? operation.numeric() : operation.autocommit());
        assertRoundTrips(operation, rules, false, operation.transaction());
    }

    private void assertRoundTrips(Operation operation, Rules rules, boolean autocommit, int expected)
            throws SQLException {
        List<Integer> wire = roundTrips(operation, rules, autocommit);
        assertThat(wire).as("on the wire, autocommit = " + autocommit).isEqualTo(Collections.nCopies(RUNS, expected));
        assertThat(reported()).as("reported, autocommit = " + autocommit).isEqualTo(wire);
    }

    private List<Integer> roundTrips(Operation operation, Rules rules, boolean autocommit) throws SQLException {
        events.clear();
        connection.setAutoCommit(autocommit);
        List<Integer> roundTrips = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            int absent = ++lastId;
            roundTrips.add((int)
                    proxy.measure(() -> operation.call().run(rules, absent)).roundTrips());
        }
        connection.setAutoCommit(true);
        return roundTrips;
    }

    private List<Integer> reported() {
        return events.all().stream().map(OperationEvent::roundTrips).toList();
    }

    @Test
    void areThoseOfThePlainWritesWhereGuardIsOff() throws SQLException {
        Rules rules = new Rules(KeyKinds.TEXT);
        mode = GuardMode.OFF;
        assertRoundTrips(new Operation("off", 0, 0, 0, (r, i) -> r.insert(KEEP, PLAIN, 0)), rules, true, 1);
        assertThat(proxy.measure(() -> rules.ensure(KEEP, 7)).roundTrips()).isZero();
        assertThat(proxy.measure(() -> rules.insertAll(KEEP, PLAIN, 0, 0)).roundTrips())
                .isEqualTo(2);
    }

    @Test
    void areNoneForNothing() {
        Rules rules = new Rules(KeyKinds.TEXT);
        ParentRule parents = rules.parent(KEEP);
        ChildRule children = rules.child(parents, PLAIN);
        events.clear();
        for (GuardMode each : GuardMode.values()) {
            mode = each;
            assertThat(proxy.measure(() -> ensure.ensureAll(parents, List.of())).roundTrips())
                    .isZero();
            assertThat(proxy.measure(() -> ensure.insertAll(children, List.of()))
                            .roundTrips())
                    .isZero();
        }
        assertThat(reported()).isNotEmpty().containsOnly(0);
    }

    @Test
    void includeTheRollbackAfterAFailure() {
        Rules rules = new Rules(KeyKinds.TEXT);
        ParentRule parents = rules.parent(rule -> rule.requireState("state", "CLOSED"));
        ChildRule children = rules.child(parents, PLAIN);
        events.clear();
        long wire = proxy.measure(() -> FailingCall.of(() -> ensure.insert(children, rules.row(children, 77))))
                .roundTrips();
        assertThat(reported()).containsExactly((int) wire);
    }

    @Test
    void includeTheQuestionAfterAMissingReference() {
        ParentRule parents = new Rules(KeyKinds.TEXT).parent(KEEP);
        RowValues rootless = parents.values().set("root_id", 99).build();
        events.clear();
        long wire = proxy.measure(() -> FailingCall.of(() -> ensure.ensure(parents, parents.key("new"), rootless))
                        .hasState("23503"))
                .roundTrips();
        assertThat(wire).isEqualTo(2);
        assertThat(reported()).containsExactly(2);
    }

    /**
     * The negative control: behind a value without a type the driver asks the server to describe the statement, and from then on
     * sends a Sync in front of it, if the width of its rows is not known. A message is then two round trips, and with
     * autocommit two transactions.
     */
    @Test
    void wouldBeMoreForRowsOfUnknownWidth(Database database) throws SQLException {
        connect(database, untypedStrings());
        String text =
                "INSERT INTO by_text (id) VALUES ('x') ON CONFLICT (id) DO NOTHING; SELECT %s FROM by_text WHERE id = ?";
        assertThat(lastOf(text.formatted("id"))).isEqualTo(2);
        assertThat(lastOf(text.formatted("version"))).isEqualTo(1);
    }

    private long lastOf(String sql) throws SQLException {
        long roundTrips = 0;
        for (int run = 0; run < RUNS; run++) {
            roundTrips = proxy.measure(() -> {
                        try (PreparedStatement statement = connection.prepareStatement(sql)) {
                            statement.setString(1, "x");
                            statement.execute();
                        }
                    })
                    .roundTrips();
        }
        return roundTrips;
    }

    /** There Guard takes a transaction; what the driver makes of its message costs one more than reported. */
    @Test
    void growByTheDriversOwnWhereItSplitsTheMessage(Database database) throws SQLException {
        connect(database, untypedStrings());
        Rules rules = new Rules(KeyKinds.TEXT);
        var returningText = new Operation("", 0, 0, 0, (r, i) -> r.insert(KEEP, BODY, i));
        assertThat(roundTrips(returningText, rules, false)).endsWith(2, 2).doesNotContain(3);
        assertThat(reported()).containsOnly(1);
        assertThat(roundTrips(returningText, rules, true)).endsWith(3, 3).doesNotContain(4);
        assertThat(reported()).containsOnly(2);
        var returningId = new Operation("", 0, 0, 0, (r, i) -> r.insert(KEEP, ID, i));
        assertThat(roundTrips(returningId, rules, true)).containsOnly(1);
    }

    private static Properties untypedStrings() {
        Properties properties = new Properties();
        properties.setProperty("stringtype", "unspecified");
        return properties;
    }

    /** The rules over one kind of keys, with parents 0, of the owner that is always given, and 1, of another. */
    private final class Rules {

        private final KeyKinds keys;
        private final ChildRow stored;
        private final ChildRule once;

        Rules(KeyKinds keys) {
            this.keys = keys;
            ParentRule parents = parent(KEEP);
            ensure.ensure(parents, parents.key(keys.value(0)), owner(parents, "ann"));
            ensure.ensure(parents, parents.key(keys.value(1)), owner(parents, "bob"));
            once = child(parents, ONCE);
            stored = row(once, 0);
            ensure.insert(once, stored);
        }

        void ensure(UnaryOperator<ParentRuleBuilder> kind, int number) {
            ensure.ensure(row(parent(kind), number));
        }

        void ensureUnderRoot(int number) {
            ParentRule roots = ParentRule.on(guard.graph(), "roots").build();
            ensure.ensure(row(parent(KEEP), number).under(roots.row(roots.key(number))));
        }

        void ensureAll(UnaryOperator<ParentRuleBuilder> kind, int first, int last) {
            ParentRule parents = parent(kind);
            ensure.ensureAll(parents, List.of(row(parents, first), row(parents, last)));
        }

        void insert(UnaryOperator<ParentRuleBuilder> kind, UnaryOperator<ChildRuleBuilder> child, int number) {
            ChildRule children = child(parent(kind), child);
            ensure.insert(children, row(children, number));
        }

        void insertAgain() {
            ensure.insert(once, stored);
        }

        void insertAll(
                UnaryOperator<ParentRuleBuilder> kind, UnaryOperator<ChildRuleBuilder> child, int first, int last) {
            ChildRule children = child(parent(kind), child);
            ensure.insertAll(children, List.of(row(children, first), row(children, last)));
        }

        ParentRule parent(UnaryOperator<ParentRuleBuilder> kind) {
            ParentRuleBuilder rule = ParentRule.on(guard.graph(), keys.parents());
            return kind.apply(keys == KeyKinds.GENERATED ? rule.key("code") : rule)
                    .build();
        }

        ChildRule child(ParentRule parents, UnaryOperator<ChildRuleBuilder> kind) {
            return kind.apply(ChildRule.on(guard.graph(), keys.children(), parents))
                    .build();
        }

        ChildRow row(ChildRule children, int number) {
            return children.row(
                    row(children.parent(), number),
                    children.values().set("id", ++lastId).set("body", "hi").build());
        }

        private ParentRow row(ParentRule parents, int number) {
            return parents.row(parents.key(keys.value(number)), owner(parents, "ann"));
        }

        private static RowValues owner(ParentRule parents, String owner) {
            return parents.values().set("owner", owner).build();
        }
    }
}
