package dev.writeguard.spring.touched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.touched.Topics.Clock;
import dev.writeguard.spring.touched.Topics.Counted;
import dev.writeguard.spring.touched.Topics.Pin;
import dev.writeguard.spring.touched.Topics.Room;
import dev.writeguard.spring.touched.Topics.Saying;
import dev.writeguard.spring.touched.Topics.Signed;
import dev.writeguard.spring.touched.Topics.Tick;
import dev.writeguard.spring.touched.Topics.Timed;
import dev.writeguard.spring.touched.Topics.Topic;
import dev.writeguard.spring.touched.Topics.Visit;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.orm.ObjectOptimisticLockingFailureException;

/** What TOUCH writes into the parent's row, and what the session knows of it afterwards. */
@Schema("")
class TouchedParentsIT {

    private static DoorApplication application;

    private final Database database;

    TouchedParentsIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = TouchedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE topic, timed, signed, counted, pin, room, visit, clock, tick");
        application.statements().clear();
    }

    private void store() throws SQLException {
        database.execute("INSERT INTO topic (id, title, last_by, version, last_at)"
                + " VALUES (1, 'stored', 'first', 7, '2020-01-01')");
    }

    /** The ways to write. */
    enum Path {
        PERSIST {
            @Override
            <S extends Saying<Topic>> S write(S saying, EntityManager entities) {
                entities.persist(saying);
                return saying;
            }
        },
        MERGE {
            @Override
            <S extends Saying<Topic>> S write(S saying, EntityManager entities) {
                return entities.merge(saying);
            }
        },
        FLUSH {
            @Override
            <S extends Saying<Topic>> S write(S saying, EntityManager entities) {
                Topic topic = saying.topic();
                saying.about(null);
                entities.persist(saying);
                entities.flush();
                saying.about(topic);
                entities.flush();
                return saying;
            }
        };

        abstract <S extends Saying<Topic>> S write(S saying, EntityManager entities);
    }

    /** How a saying carries its topic. */
    enum Carrier {
        NEW {
            @Override
            Topic topic(String by, EntityManager entities) {
                return new Topic(1, by);
            }
        },
        REFERENCE {
            @Override
            Topic topic(String by, EntityManager entities) {
                return entities.getReference(Topic.class, 1L);
            }
        },
        MANAGED {
            @Override
            Topic topic(String by, EntityManager entities) {
                Topic topic = Objects.requireNonNull(entities.find(Topic.class, 1L));
                topic.lastBy = by;
                return topic;
            }
        },
        DETACHED {
            @Override
            Topic topic(String by, EntityManager entities) {
                Topic topic = MANAGED.topic(by, entities);
                entities.detach(topic);
                return topic;
            }
        },
        SECOND_INSTANCE {
            @Override
            Topic topic(String by, EntityManager entities) {
                Objects.requireNonNull(entities.find(Topic.class, 1L));
                return new Topic(1, by);
            }
        };

        abstract Topic topic(String by, EntityManager entities);
    }

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (Path path : Path.values()) {
            for (Carrier carrier : Carrier.values()) {
                cells.add(Arguments.of(path, carrier, true));
                if (carrier == Carrier.NEW || carrier == Carrier.REFERENCE) {
                    cells.add(Arguments.of(path, carrier, false));
                }
            }
        }
        return cells.stream();
    }

    /** The row, what the session holds, and what it writes later, agree. */
    @ParameterizedTest(name = "{0}, {1}, present: {2}")
    @MethodSource("cells")
    void writesTheTimeTheValueAndTheVersion(Path path, Carrier carrier, boolean present) throws SQLException {
        if (present) {
            store();
        }
        String by = carrier == Carrier.REFERENCE ? "somebody" : "me";
        // A flush before the touch stores what was changed of a managed topic.
        int before = !present ? 0 : path == Path.FLUSH && carrier == Carrier.MANAGED ? 8 : 7;
        application.inTransaction(entities -> {
            var saying = new Signed();
            saying.topic = carrier.topic(by, entities);
            Topic carried = Objects.requireNonNull(path.write(saying, entities).topic());
            Topic topic = (Topic) Hibernate.unproxy(carried);
            entities.flush();
            assertThat(topic.version).isEqualTo(before + 1);
            assertThat(topic.lastBy).isEqualTo(by);
            assertThat(topic.lastAt).isEqualTo(transactionTime(entities));
            topic.title = "changed";
        });
        assertThat(row()).containsExactly("changed, " + by + ", " + (before + 2));
    }

    private static Instant transactionTime(EntityManager entities) {
        return (Instant) entities.createNativeQuery("SELECT CURRENT_TIMESTAMP", Instant.class)
                .getSingleResult();
    }

    private List<String> row() throws SQLException {
        return database.queryStrings("SELECT title || ', ' || last_by || ', ' || version FROM topic");
    }

    /** Without SELECT for what it has written, and without an UPDATE of Hibernate's own. */
    @Test
    void sendsNothingElse() throws SQLException {
        store();
        application.inTransaction(entities -> {
            Topic topic = entities.find(Topic.class, 1L);
            application.statements().clear();
            for (int i = 0; i < 2; i++) {
                var saying = new Timed();
                saying.topic = topic;
                entities.persist(saying);
            }
        });
        assertThat(application.statements().statements())
                .filteredOn(sent -> !sent.contains("_seq"))
                .containsExactly("update topic", "insert timed x2");
        assertThat(row()).containsExactly("stored, first, 8");
    }

    /** Values are those of each child; the time and the version alone would be the same. */
    @Test
    void writesTheValueOfEachChild() throws SQLException {
        store();
        application.inTransaction(entities -> {
            for (String by : List.of("one", "two")) {
                var saying = new Signed();
                saying.topic = new Topic(1, by);
                entities.persist(saying);
            }
        });
        assertThat(row()).containsExactly("stored, two, 9");
    }

    @Test
    void keepsAnotherChangeForTheFlush() throws SQLException {
        store();
        application.inTransaction(entities -> {
            Topic topic = entities.find(Topic.class, 1L);
            topic.title = "changed";
            var saying = new Timed();
            saying.topic = topic;
            entities.persist(saying);
            assertThat(topic.title).isEqualTo("changed");
        });
        assertThat(row()).containsExactly("changed, first, 9");
    }

    /** Somebody else has written after the topic was read: the touch does not make the old instance the new one. */
    @Test
    void leavesAStaleInstanceStale() throws SQLException {
        store();
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    touchAfterAnother(entities).title = "lost update";
                }))
                .isInstanceOf(ObjectOptimisticLockingFailureException.class);
        assertThat(row()).containsExactly("stored, other, 8");
        application.inTransaction(entities -> {
            Instant read = Objects.requireNonNull(entities.find(Topic.class, 1L)).lastAt;
            Topic topic = touchAfterAnother(entities);
            assertThat(topic.version).as("what was read").isEqualTo(8);
            assertThat(topic.lastAt).as("what was read").isEqualTo(read);
        });
        assertThat(row()).containsExactly("stored, other, 10");
    }

    private Topic touchAfterAnother(EntityManager entities) {
        Topic topic = Objects.requireNonNull(entities.find(Topic.class, 1L));
        try {
            database.execute("UPDATE topic SET last_by = 'other', version = version + 1");
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
        var saying = new Timed();
        saying.topic = topic;
        entities.persist(saying);
        return topic;
    }

    /** As any update by Hibernate does. */
    @Test
    void raisesTheVersionAlone() throws SQLException {
        store();
        application.inTransaction(entities -> {
            var one = new Counted();
            one.topic = entities.find(Topic.class, 1L);
            entities.persist(one);
            assertThat(Objects.requireNonNull(one.topic).version).isEqualTo(8);
        });
        assertThat(row()).containsExactly("stored, first, 8");
    }

    /** As any update by Hibernate does not. */
    @Test
    void leavesTheVersionWhereTheAttributeIsNotOfIt() throws SQLException {
        Instant[] seen = new Instant[2];
        for (int i = 0; i < 2; i++) {
            int visit = i;
            application.inTransaction(entities -> {
                var visiting = new Visit();
                visiting.room = new Room();
                visiting.room.name = "kitchen";
                entities.persist(visiting);
                seen[visit] = Objects.requireNonNull(((Room) Hibernate.unproxy(visiting.room)).visitedAt);
            });
        }
        assertThat(seen[1]).isAfter(seen[0]);
        assertThat(database.queryLong("SELECT version FROM room")).isZero();
    }

    /** Those of whoever has the collection, when elements are added. */
    @Test
    void touchesTheOwnerOfACollection() throws SQLException {
        store();
        application.inTransaction(entities -> {
            var pin = new Pin();
            entities.persist(pin);
            Objects.requireNonNull(entities.find(Topic.class, 1L)).pins.add(pin);
        });
        // By Guard, and by Hibernate, for which a collection that the entity owns is a part of its version.
        assertThat(row()).containsExactly("stored, first, 9");
    }

    /** In memory they are what a later session reads. */
    @ParameterizedTest
    @EnumSource(names = {"NEW", "MANAGED"})
    void knowsTimesOfEveryClass(Carrier carrier) {
        List<Object> known = new ArrayList<>();
        if (carrier == Carrier.MANAGED) {
            application.inTransaction(entities -> {
                var clock = new Clock();
                clock.id = 1;
                entities.persist(clock);
            });
        }
        application.inTransaction(entities -> {
            var tick = new Tick();
            tick.clock = carrier == Carrier.MANAGED ? entities.find(Clock.class, 1L) : new Clock();
            Objects.requireNonNull(tick.clock).id = 1;
            entities.persist(tick);
            known.addAll(times(Objects.requireNonNull(tick.clock)));
            application.statements().clear();
        });
        assertThat(application.statements().statements()).containsExactly("insert tick x1");
        application.inTransaction(entities ->
                assertThat(known).isEqualTo(times(Objects.requireNonNull(entities.find(Clock.class, 1L)))));
    }

    private static List<Object> times(Clock clock) {
        return Stream.of(
                        clock.version,
                        clock.instant,
                        Objects.requireNonNull(clock.shifted).toInstant(),
                        Objects.requireNonNull(clock.zoned).toInstant(),
                        clock.local,
                        clock.day,
                        Objects.requireNonNull(clock.date).getTime(),
                        clock.timestamp)
                .<Object>map(Objects::requireNonNull)
                .toList();
    }

    @Test
    void touchesFromAStatelessSession() throws SQLException {
        for (int i = 0; i < 2; i++) {
            var given = new Topic(1, "me");
            application.inTransaction(entities -> {
                StatelessSession session = entities.unwrap(Session.class)
                        .statelessWithOptions()
                        .connection()
                        .open();
                var saying = new Signed();
                saying.topic = given;
                session.insert(saying);
            });
            assertThat(given.version).isEqualTo(i == 0 ? 1 : null);
            assertThat(given.lastAt == null).isEqualTo(i == 1);
        }
        assertThat(row()).containsExactly("given, me, 2");
    }

    @ParameterizedTest
    @EnumSource(names = {"OBSERVE", "OFF"})
    void touchesNothingUnlessEnforced(GuardMode mode) throws SQLException {
        store();
        application.bean(GuardModes.class).set(mode);
        try {
            application.inTransaction(entities -> {
                var saying = new Timed();
                saying.topic = entities.find(Topic.class, 1L);
                entities.persist(saying);
            });
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
        assertThat(row()).containsExactly("stored, first, 7");
    }
}
