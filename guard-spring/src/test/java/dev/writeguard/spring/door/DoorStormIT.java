package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.GuardFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Six writers through JPA and two deleters through JDBC, on three talks: some thousand transactions here, many more with
 * {@code -Pstorm}. The same code with Guard switched off must be seen to fail.
 */
@Schema(DoorSchema.SQL)
class DoorStormIT {

    private static final boolean LARGE = "large".equals(System.getProperty("guard.test.storm"));
    private static final int TRANSACTIONS = LARGE ? 50_000 : 1_500;
    private static final int WRITERS = 6;
    private static final int DELETERS = 2;

    private static final Map<Isolation, DoorApplication> APPLICATIONS = new EnumMap<>(Isolation.class);

    private Isolation level = Isolation.RC;

    private final Database database;
    private final long seed = new Random().nextLong();
    private final List<UUID> talks = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder deleted = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder overtaken = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    DoorStormIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        for (Isolation level : Isolation.values()) {
            APPLICATIONS.put(
                    level,
                    DoorApplication.on(
                            database,
                            "logging.level.org.hibernate=off",
                            "spring.datasource.hikari.transaction-isolation=" + level.jdbcLevel()));
        }
    }

    private DoorApplication application() {
        return Objects.requireNonNull(APPLICATIONS.get(level));
    }

    @AfterAll
    static void stop() {
        APPLICATIONS.values().forEach(DoorApplication::close);
    }

    @AfterEach
    void empty() throws SQLException {
        application().bean(GuardModes.class).set(GuardMode.ENFORCE);
        database.execute("TRUNCATE talks CASCADE");
    }

    /** The ways to write a remark. */
    enum Way {
        SAVE {
            @Override
            void write(UUID talk, DoorApplication application) {
                application.bean(RemarkRepository.class).save(new SequencedRemark(new Talk(talk, "storm")));
            }
        },
        PERSIST {
            @Override
            void write(UUID talk, DoorApplication application) {
                application.inTransaction(entities -> entities.persist(new SequencedRemark(new Talk(talk, "storm"))));
            }
        },
        PERSIST_BY_REFERENCE {
            @Override
            void write(UUID talk, DoorApplication application) {
                application.inTransaction(
                        entities -> entities.persist(new SequencedRemark(entities.getReference(Talk.class, talk))));
            }
        },

        /** What people write by hand; of use with Guard switched off alone. */
        FIND_THEN_PERSIST {
            @Override
            void write(UUID talk, DoorApplication application) {
                application.inTransaction(entities -> {
                    Talk found = entities.find(Talk.class, talk);
                    if (found == null) {
                        found = new Talk(talk, "storm");
                        entities.persist(found);
                    }
                    entities.persist(new SequencedRemark(found));
                });
            }
        };

        abstract void write(UUID talk, DoorApplication application);
    }

    static Stream<Arguments> storms() {
        return Stream.of(Isolation.values())
                .flatMap(level -> Stream.of(Way.SAVE, Way.PERSIST, Way.PERSIST_BY_REFERENCE)
                        .map(way -> Arguments.of(level, way)));
    }

    /** Above READ COMMITTED, what says that it may be repeated is repeated: by the repository, and then by its caller. */
    @ParameterizedTest
    @MethodSource("storms")
    void losesNothingAndLeavesNoOrphan(Isolation isolation, Way way) throws Exception {
        level = isolation;
        storm(way, TRANSACTIONS);
        assertThat(errors).isEmpty();
        if (level == Isolation.RC) {
            assertThat(repeated.sum()).isZero();
        }
        assertThat(acknowledged.sum()).isEqualTo(TRANSACTIONS);
        assertThat(deleted.sum()).as("the deleters took part").isPositive();
        assertThat(overtaken.sum())
                .as("deletes that the foreign key refused: docs/adr/0012-a-key-share-lock-beside-for-update.md")
                .isLessThanOrEqualTo(deletes.sum() / 50);
        assertThat(count("sequenced_remarks"))
                .as("stored = acknowledged - deleted")
                .isEqualTo(acknowledged.sum() - deleted.sum());
        assertThat(count("sequenced_remarks r WHERE NOT EXISTS (SELECT FROM talks t WHERE t.id = r.talk_id)"))
                .as("orphans")
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PERSIST_BY_REFERENCE", "FIND_THEN_PERSIST"})
    void failsWithTheDoorSwitchedOff(Way way) throws Exception {
        application().bean(GuardModes.class).set(GuardMode.OFF);
        storm(way, 500);
        assertThat(errors.keySet()).contains("23503").isSubsetOf("23503", "23505");
    }

    private void storm(Way way, int transactions) throws Exception {
        AtomicInteger left = new AtomicInteger(transactions);
        AtomicInteger writing = new AtomicInteger(WRITERS);
        CyclicBarrier start = new CyclicBarrier(WRITERS + DELETERS);
        ExecutorService workers = Executors.newFixedThreadPool(WRITERS + DELETERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                running.add(workers.submit(worker(start, i, random -> {
                    while (left.getAndDecrement() > 0) {
                        write(way, talks.get(random.nextInt(talks.size())));
                    }
                    writing.decrementAndGet();
                })));
            }
            for (int i = 0; i < DELETERS; i++) {
                running.add(workers.submit(worker(start, WRITERS + i, random -> {
                    try (Connection connection = database.connect()) {
                        connection.setAutoCommit(false);
                        while (writing.get() > 0) {
                            delete(connection, talks.get(random.nextInt(talks.size())));
                        }
                    } catch (SQLException failure) {
                        throw new IllegalStateException(failure);
                    }
                })));
            }
            for (Future<?> future : running) {
                future.get(20, TimeUnit.MINUTES);
            }
        } finally {
            writing.set(0);
            workers.shutdownNow();
        }
        System.out.println("storm: " + way + " on " + level + ": acknowledged " + acknowledged + ", deleted " + deleted
                + ", deletes overtaken " + overtaken + ", repeated " + repeated + ", errors " + errors + ", seed "
                + seed);
    }

    private Callable<Void> worker(CyclicBarrier start, int number, Consumer<Random> work) {
        return () -> {
            start.await();
            work.accept(new Random(seed + number));
            return null;
        };
    }

    private void write(Way way, UUID talk) {
        while (true) {
            try {
                way.write(talk, application());
                acknowledged.increment();
                return;
            } catch (RuntimeException failure) {
                if (failure instanceof GuardFailure typed && typed.mayRetry()) {
                    repeated.increment();
                } else {
                    errors.computeIfAbsent(state(failure), first -> new LongAdder())
                            .increment();
                    return;
                }
            }
        }
    }

    private static String state(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return cause instanceof SQLException sql
                ? sql.getSQLState()
                : failure.getClass().getSimpleName();
    }

    /** The checked delete. The foreign key has the last word: docs/adr/0012-a-key-share-lock-beside-for-update.md. */
    private void delete(Connection connection, UUID talk) throws SQLException {
        try {
            int remarks = 0;
            if (execute(connection, "SELECT id FROM talks WHERE id = ? FOR UPDATE", talk) > 0) {
                remarks = execute(connection, "DELETE FROM sequenced_remarks WHERE talk_id = ?", talk);
                execute(connection, "DELETE FROM talks WHERE id = ?", talk);
            }
            connection.commit();
            deletes.increment();
            deleted.add(remarks);
        } catch (SQLException failure) {
            connection.rollback();
            if (!"23503".equals(failure.getSQLState())) {
                throw failure;
            }
            overtaken.increment();
        }
    }

    private static int execute(Connection connection, String sql, UUID talk) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, talk);
            if (statement.execute()) {
                return statement.getResultSet().next() ? 1 : 0;
            }
            return statement.getUpdateCount();
        }
    }

    private long count(String table) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + table);
    }
}
