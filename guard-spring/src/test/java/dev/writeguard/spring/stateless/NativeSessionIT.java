package dev.writeguard.spring.stateless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hibernate's own session, however it is opened. */
@Schema("")
class NativeSessionIT {

    private static DoorApplication application;

    private final Database database;
    private final UUID id = UUID.randomUUID();

    NativeSessionIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = StatelessApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE cities, halls, chairs CASCADE");
    }

    /** The ways to a session. */
    enum Opened {
        OPEN_SESSION {
            @Override
            void run(Consumer<Session> work) {
                try (Session session = application.bean(SessionFactory.class).openSession()) {
                    var transaction = session.beginTransaction();
                    work.accept(session);
                    transaction.commit();
                }
            }
        },
        IN_TRANSACTION {
            @Override
            void run(Consumer<Session> work) {
                application.bean(SessionFactory.class).inTransaction(work);
            }
        },
        UNWRAP {
            @Override
            void run(Consumer<Session> work) {
                application.inTransaction(entities -> work.accept(entities.unwrap(Session.class)));
            }
        };

        abstract void run(Consumer<Session> work);
    }

    /** The ways to write a child. */
    enum Write {
        PERSIST {
            @Override
            void write(Hall hall, Session session) {
                session.persist(new Chair(1, hall));
            }
        },
        MERGE {
            @Override
            void write(Hall hall, Session session) {
                session.merge(new Chair(1, hall));
            }
        },
        FLUSH {
            @Override
            void write(Hall hall, Session session) {
                var chair = new Chair(1, null);
                session.persist(chair);
                session.flush();
                chair.hall = hall;
                session.flush();
            }
        };

        abstract void write(Hall hall, Session session);
    }

    static Stream<Arguments> cells() {
        return Stream.of(Opened.values())
                .flatMap(opened -> Stream.of(Write.values())
                        .flatMap(write -> Stream.of(true, false).map(present -> Arguments.of(opened, write, present))));
    }

    @ParameterizedTest(name = "{0}, {1}, present: {2}")
    @MethodSource("cells")
    void writesTheChildAfterItsParent(Opened opened, Write write, boolean present) throws SQLException {
        if (present) {
            database.execute("INSERT INTO halls (id, title, owner_id, version, created_at) VALUES ('" + id
                    + "', 'stored', 7, 3, now())");
        }
        application.statements().clear();
        opened.run(session -> write.write(new Hall(id, "given"), session));
        assertThat(application.statements().statements()).containsOnlyOnce("ensure halls");
        assertThat(application.statements().statements()).doesNotContain("insert halls x1");
        assertThat(database.queryStrings("SELECT title || version FROM chairs c JOIN halls h ON h.id = c.hall_id"))
                .containsExactly(present ? "stored3" : "given0");
    }

    static Stream<Arguments> waysToWrite() {
        return Stream.of(Opened.values())
                .flatMap(opened -> Stream.of(Write.values()).map(write -> Arguments.of(opened, write)));
    }

    /** Without the door the same writes fail. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("waysToWrite")
    void failsWithTheDoorSwitchedOff(Opened opened, Write write) throws SQLException {
        application.bean(GuardModes.class).set(GuardMode.OFF);
        try {
            assertThatThrownBy(() -> opened.run(session -> write.write(session.getReference(Hall.class, id), session)))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
        assertThat(database.queryLong("SELECT count(*) FROM chairs")).isZero();
        opened.run(session -> write.write(session.getReference(Hall.class, id), session));
        assertThat(database.queryLong("SELECT count(*) FROM chairs JOIN halls h ON h.id = hall_id"))
                .isEqualTo(1);
    }
}
