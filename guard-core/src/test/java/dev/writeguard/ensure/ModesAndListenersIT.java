package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.event.GuardListener;
import dev.writeguard.event.ObservedEvent;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent and reported in each mode, and what a listener may rely on. */
@Schema("""
        CREATE TABLE hubs (id int PRIMARY KEY, owner text DEFAULT 'xyzzy');
        CREATE TABLE spokes (id int PRIMARY KEY, hub_id int REFERENCES hubs, body text CHECK (body <> ''));
        """)
class ModesAndListenersIT {

    private final List<Object> heard = new ArrayList<>();
    private Connection connection;
    private GuardMode mode = GuardMode.ENFORCE;
    private Guard guard;
    private ParentRule hubs;
    private ChildRule spokes;

    @BeforeEach
    void compile(Database database) throws SQLException {
        database.execute("TRUNCATE hubs, spokes; INSERT INTO hubs VALUES (1)");
        connection = database.connect();
        guard = Guard.of(connection, rule -> mode, List.of(listener("first"), listener("second")));
        hubs = ParentRule.on(guard.graph(), "hubs").build();
        spokes = ChildRule.on(guard.graph(), "spokes", hubs).build();
    }

    @Test
    void tellsEachListenerInOrderAndOnTheThreadOfTheOperation() {
        ensure().ensure(hubs.row(hubs.key(7)));
        assertThat(heard)
                .extracting(Object::toString)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("first " + Thread.currentThread().getName()),
                        second -> assertThat(second)
                                .startsWith("second " + Thread.currentThread().getName()));
    }

    @Test
    void tellsWhatAnOperationDid() {
        ensure().ensureAll(hubs, List.of(hubs.row(hubs.key(1)), hubs.row(hubs.key(8)), hubs.row(hubs.key(8))));
        OperationEvent event = lastEvent();
        assertThat(event.operation()).isEqualTo("ensureAll");
        assertThat(event.table()).hasToString("public.hubs");
        assertThat(event.outcomes()).isEqualTo(Map.of("created", 1, "existing", 2));
        assertThat(event.roundTrips()).isEqualTo(1);
        assertThat(event.repeats()).isZero();
        assertThat(event.duration()).isPositive();
        assertThat(event.failure()).isNull();

        ensure().ensure(hubs.row(hubs.key(1)));
        assertThat(lastEvent().operation()).isEqualTo("ensure");
        ensure().insert(spokes, spoke(1, 1));
        assertThat(lastEvent().operation()).isEqualTo("insert");
        assertThat(lastEvent().table()).hasToString("public.hubs");
        assertThat(lastEvent().outcomes()).isEqualTo(Map.of("inserted", 1));
        ensure().insertAll(spokes, List.of(spoke(2, 1), spoke(3, 9)));
        assertThat(lastEvent().operation()).isEqualTo("insertAll");
        assertThat(lastEvent().outcomes()).isEqualTo(Map.of("inserted", 2));
    }

    @Test
    void tellsOfARefusal() {
        ParentRule strict = ParentRule.on(guard.graph(), "hubs").match("owner").build();
        ensure().ensure(strict.row(
                strict.key(1), strict.values().set("owner", "bob").build()));
        assertThat(lastEvent().outcomes()).isEqualTo(Map.of("refused", 1));
        assertThat(lastEvent().failure()).isNull();
    }

    @Test
    void tellsOfAFailureWithoutRowValues() {
        GuardException failure = FailingCall.of(() -> ensure().insert(
                                spokes,
                                spokes.row(
                                        hubs.key(1),
                                        spokes.values().set("body", "").build())))
                .failure();
        OperationEvent event = lastEvent();
        assertThat(event.outcomes()).isEmpty();
        assertThat(event.failure()).isNotNull();
        assertThat(event.failure().code()).isEqualTo(failure.code());
        assertThat(event.failure().constraint()).isEqualTo(failure.constraint());
        FailingCall.assertSilent(event);
        FailingCall.of(() -> ensure().ensure(hubs.row(spokesKey()))).hasCode(FailureCode.KEY_INVALID);
        assertThat(lastEvent().failure().code()).isEqualTo(FailureCode.KEY_INVALID);
        assertThat(lastEvent().roundTrips()).isZero();
    }

    @Test
    void tellsBeforeTheCallersTransactionEnds(Database database) throws SQLException {
        connection.setAutoCommit(false);
        ensure().ensure(hubs.row(hubs.key(7)));
        assertThat(heard).hasSize(2);
        assertThat(database.queryLong("SELECT count(*) FROM hubs WHERE id = 7")).isZero();
        connection.rollback();
    }

    @ParameterizedTest
    @EnumSource(GuardMode.class)
    void survivesAListenerThatThrows(GuardMode inMode, Database database) throws SQLException {
        mode = inMode;
        database.execute("INSERT INTO hubs VALUES (5)");
        Guard noisy = Guard.of(connection, rule -> mode, List.of(new Broken(), listener("after")));
        List<LogRecord> logged = logged(() -> {
            noisy.ensureParent(connection).ensure(hubs.row(hubs.key(5)));
            noisy.ensureParent(connection).insert(spokes, spoke(1, 5));
        });
        assertThat(database.queryLong("SELECT count(*) FROM spokes")).isEqualTo(1);
        assertThat(heard)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.toString()).startsWith("after"));
        assertThat(logged).isNotEmpty().allSatisfy(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.WARNING);
            assertThat(record.getThrown()).hasMessage("a listener's own trouble");
        });
    }

    @Test
    void throwsTheOperationsFailureAndNotTheListeners() {
        Guard noisy = Guard.of(connection, rule -> mode, List.of(new Broken()));
        List<LogRecord> logged = logged(() -> assertThatThrownBy(() -> noisy.ensureParent(connection)
                        .insert(
                                spokes,
                                spokes.row(
                                        hubs.key(1),
                                        spokes.values().set("body", "").build())))
                .isInstanceOf(GuardException.class));
        assertThat(logged).hasSize(1);
    }

    @Test
    void observesWithoutSendingAnythingOfItsOwn(Database database) throws SQLException {
        mode = GuardMode.OBSERVE;
        assertThat(ensure().ensure(hubs.row(hubs.key(7)))).isInstanceOf(EnsureOutcome.Unchecked.class);
        assertThat(ensure().ensureAll(hubs, List.of(hubs.row(hubs.key(7)), hubs.row(hubs.key(8)))))
                .hasOnlyElementsOfType(EnsureOutcome.Unchecked.class);
        assertThat(database.queryLong("SELECT count(*) FROM hubs")).isEqualTo(1);
        assertThat(heard.stream().filter(Heard.class::isInstance).map(event -> ((Heard) event).event()))
                .filteredOn(ObservedEvent.class::isInstance)
                .containsExactly(
                        new ObservedEvent("ensure", hubs.table().name(), 1),
                        new ObservedEvent("ensure", hubs.table().name(), 1),
                        new ObservedEvent("ensureAll", hubs.table().name(), 2),
                        new ObservedEvent("ensureAll", hubs.table().name(), 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = GuardMode.class,
            names = {"OBSERVE", "OFF"})
    void writesTheChildAloneWhereItIsNotToEnforce(GuardMode inMode, Database database) throws SQLException {
        mode = inMode;
        assertThat(ensure().insert(spokes, spoke(1, 1))).isInstanceOf(ChildOutcome.Inserted.class);
        assertThat(ensure().insertAll(spokes, List.of(spoke(2, 1), spoke(3, 1))))
                .hasOnlyElementsOfType(ChildOutcome.Inserted.class);
        for (boolean autocommit : new boolean[] {true, false}) {
            connection.setAutoCommit(autocommit);
            FailingCall.on(connection, database, () -> ensure().insert(spokes, spoke(4, 99)))
                    .hasCode(FailureCode.REFERENCE_MISSING);
            FailingCall.on(connection, database, () -> ensure().insertAll(spokes, List.of(spoke(4, 1), spoke(5, 99))))
                    .hasCode(FailureCode.REFERENCE_MISSING);
        }
        assertThat(database.queryLong("SELECT count(*) FROM spokes")).isEqualTo(3);
        assertThat(database.queryLong("SELECT count(*) FROM hubs")).isEqualTo(1);
        List<ObservedEvent> observed = heard.stream()
                .map(event -> ((Heard) event).event())
                .filter(ObservedEvent.class::isInstance)
                .map(ObservedEvent.class::cast)
                .toList();
        if (inMode == GuardMode.OFF) {
            assertThat(observed).isEmpty();
        } else {
            assertThat(observed)
                    .startsWith(
                            new ObservedEvent("insert", hubs.table().name(), 1),
                            new ObservedEvent("insert", hubs.table().name(), 1),
                            new ObservedEvent("insertAll", hubs.table().name(), 2));
        }
    }

    @Test
    void asksForTheModeOnceAtEachOperation() {
        List<ParentRule> asked = new ArrayList<>();
        Guard counting = Guard.of(
                connection,
                rule -> {
                    asked.add(rule);
                    return asked.size() % 2 == 1 ? GuardMode.OBSERVE : GuardMode.ENFORCE;
                },
                List.of(listener("")));
        assertThat(counting.ensureParent(connection).ensure(hubs.row(hubs.key(7))))
                .isInstanceOf(EnsureOutcome.Unchecked.class);
        assertThat(asked).containsExactly(hubs);
        assertThat(heard).hasSize(1);
        counting.ensureParent(connection).insert(spokes, spoke(1, 7));
        assertThat(asked).containsExactly(hubs, hubs);
    }

    @Test
    void leavesOtherRulesAsTheyAre(Database database) throws SQLException {
        ParentRule observed = ParentRule.on(guard.graph(), "hubs").lookFirst().build();
        Guard perRule =
                Guard.of(connection, rule -> rule == observed ? GuardMode.OBSERVE : GuardMode.ENFORCE, List.of());
        perRule.ensureParent(connection).ensure(observed.row(observed.key(7)));
        perRule.ensureParent(connection).ensure(hubs.row(hubs.key(8)));
        assertThat(database.queryStrings("SELECT id FROM hubs ORDER BY id")).containsExactly("1", "8");
    }

    @Test
    void tellsOfAConnectionThatCouldNotBeHad() {
        EnsureParent unreachable = guard.ensureParent(new ConnectionSource() {
            @Override
            public <T> T with(Use<T> use) throws SQLException {
                throw new SQLException("none left", "08001");
            }
        });
        FailingCall.of(() -> unreachable.ensure(hubs.row(hubs.key(7))))
                .hasCode(FailureCode.CONNECTION_LOST)
                .hasState("08001");
        assertThat(lastEvent().roundTrips()).isZero();
    }

    private RowKey spokesKey() {
        return ParentRule.on(guard.graph(), "spokes").build().key(1);
    }

    private ChildRow spoke(int id, int hub) {
        return spokes.row(hubs.key(hub), spokes.values().set("id", id).build());
    }

    private EnsureParent ensure() {
        return guard.ensureParent(connection);
    }

    private OperationEvent lastEvent() {
        return (OperationEvent) ((Heard) heard.get(heard.size() - 1)).event();
    }

    private record Heard(String listener, String thread, Object event) {
        @Override
        public String toString() {
            return listener + " " + thread + " " + event;
        }
    }

    private GuardListener listener(String name) {
        return new GuardListener() {
            @Override
            public void completed(OperationEvent event) {
                heard.add(new Heard(name, Thread.currentThread().getName(), event));
            }

            @Override
            public void observed(ObservedEvent event) {
                heard.add(new Heard(name, Thread.currentThread().getName(), event));
            }
        };
    }

    private static final class Broken implements GuardListener {
        @Override
        public void completed(OperationEvent event) {
            throw new IllegalStateException("a listener's own trouble");
        }

        @Override
        public void observed(ObservedEvent event) {
            throw new IllegalStateException("a listener's own trouble");
        }
    }

    /** What goes to the log of the package meanwhile. */
    private static List<LogRecord> logged(Runnable work) {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger logger = Logger.getLogger("dev.writeguard");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return records;
    }
}
