package dev.writeguard.spring.stateless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.PostgresServer;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a stateless session writes a child, with every way in which that carries its parent. */
@Schema("")
class StatelessCarriersIT {

    private static final AtomicLong CELLS = new AtomicLong();
    private static DoorApplication application;

    private final Database database;
    private final UUID id = UUID.randomUUID();

    StatelessCarriersIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = StatelessApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
        System.out.println("stateless sessions: transactions x ways to write x carriers x present or absent: " + CELLS
                + " cells of " + cells().count());
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE cities, halls, chairs CASCADE");
    }

    /** The ways to write a child. */
    enum Write {
        INSERT(List.of("insert chairs")) {
            @Override
            void write(@Nullable Hall hall, StatelessSession session) {
                session.insert(new Chair(1, hall));
            }
        },
        INSERT_MULTIPLE(List.of("insert chairs x2")) {
            @Override
            void write(@Nullable Hall hall, StatelessSession session) {
                session.insertMultiple(List.of(new Chair(1, hall), new Chair(2, hall)));
            }
        },
        UPDATE(List.of("update chairs")) {
            @Override
            void write(@Nullable Hall hall, StatelessSession session) {
                session.insert(new Chair(1, null));
                application.statements().clear();
                session.update(new Chair(1, hall));
            }
        },
        /** PostgreSQL has MERGE from 15 on. */
        UPSERT(
                PostgresServer.shared().majorVersion() < 15
                        ? List.of("update chairs", "insert chairs")
                        : List.of("merge chairs")) {
            @Override
            void write(@Nullable Hall hall, StatelessSession session) {
                session.upsert(new Chair(1, hall));
            }
        };

        private final List<String> statements;

        Write(List<String> statements) {
            this.statements = statements;
        }

        abstract void write(@Nullable Hall hall, StatelessSession session);
    }

    /** How a child carries its parent. */
    enum Carrier {
        NULL(List.of(), List.of()) {
            @Override
            @Nullable
            Hall hall(UUID id) {
                return null;
            }
        },
        NEW(List.of("ensure halls"), List.of("ensure halls")) {
            @Override
            Hall hall(UUID id) {
                return new Hall(id, "given");
            }
        },
        DETACHED(List.of("ensure halls"), List.of("ensure halls")) {
            @Override
            Hall hall(UUID id) {
                Hall stored = sessions().fromSession(session -> session.find(Hall.class, id));
                if (stored != null) {
                    return stored;
                }
                var deleted = new Hall(id, "given");
                deleted.version = 5;
                return deleted;
            }
        },
        REFERENCE(List.of("lock halls"), List.of("lock halls", "ensure halls")) {
            @Override
            Hall hall(UUID id) {
                return sessions().fromSession(session -> session.getReference(Hall.class, id));
            }
        };

        private final List<String> whenPresent;
        private final List<String> whenAbsent;

        Carrier(List<String> whenPresent, List<String> whenAbsent) {
            this.whenPresent = whenPresent;
            this.whenAbsent = whenAbsent;
        }

        abstract @Nullable Hall hall(UUID id);

        /** After an earlier row has found the parent there. */
        private List<String> whenSeen() {
            return whenPresent.stream()
                    .map(sent -> sent.replace("ensure ", "lock "))
                    .toList();
        }
    }

    static Stream<Arguments> cells() {
        return Stream.of(Transaction.values())
                .flatMap(transaction -> Stream.of(Write.values())
                        .flatMap(write -> Stream.of(Carrier.values())
                                .flatMap(carrier -> Stream.of(true, false)
                                        .map(present -> Arguments.of(transaction, write, carrier, present)))));
    }

    @ParameterizedTest(name = "{0} transaction, {1}, {2}, present: {3}")
    @MethodSource("cells")
    void writesTheChildAfterItsParent(Transaction transaction, Write write, Carrier carrier, boolean present)
            throws SQLException {
        if (present) {
            database.execute("INSERT INTO halls (id, title, owner_id, version, created_at) VALUES ('" + id
                    + "', 'stored', 7, 3, now())");
        }
        Hall hall = carrier.hall(id);
        transaction.run(application, session -> {
            application.statements().clear();
            write.write(hall, session);
            assertThat(application.statements().statements()).isEqualTo(expected(transaction, write, carrier, present));
        });
        long rows = write == Write.INSERT_MULTIPLE ? 2 : 1;
        if (hall == null) {
            assertThat(count("chairs WHERE hall_id IS NULL")).isEqualTo(rows);
            assertThat(count("halls")).isEqualTo(present ? 1 : 0);
        } else {
            assertThat(count("chairs WHERE hall_id = '" + id + "'")).isEqualTo(rows);
            assertThat(database.queryStrings("SELECT title || version FROM halls"))
                    .containsExactly(stored(carrier, present));
        }
        CELLS.incrementAndGet();
    }

    private static String stored(Carrier carrier, boolean present) {
        if (present) {
            return "stored3";
        }
        return switch (carrier) {
            case REFERENCE -> "untitled0";
            case DETACHED -> "given5";
            default -> "given0";
        };
    }

    /**
     * On a connection that is only lent, nobody tells when its transaction ends: so Hibernate does not batch, and each row
     * locks its parent.
     */
    private static List<String> expected(Transaction transaction, Write write, Carrier carrier, boolean present) {
        List<String> expected = new ArrayList<>(present ? carrier.whenPresent : carrier.whenAbsent);
        if (write == Write.INSERT_MULTIPLE && transaction == Transaction.SPRING) {
            expected.add("insert chairs");
            expected.addAll(present ? carrier.whenSeen() : carrier.whenPresent);
            expected.add("insert chairs");
        } else {
            expected.addAll(write.statements);
        }
        return expected;
    }

    /** Without the door the same writes fail. */
    @ParameterizedTest
    @EnumSource
    void failsWithTheDoorSwitchedOff(Write write) {
        Hall hall = Carrier.REFERENCE.hall(id);
        application.bean(GuardModes.class).set(GuardMode.OFF);
        try {
            assertThatThrownBy(() -> Transaction.OWN.run(application, session -> write.write(hall, session)))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
    }

    private static SessionFactory sessions() {
        return application.bean(SessionFactory.class);
    }

    private long count(String table) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + table);
    }
}
