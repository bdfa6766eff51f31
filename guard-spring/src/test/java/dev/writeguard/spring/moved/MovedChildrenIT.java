package dev.writeguard.spring.moved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.moved.Notes.Note;
import dev.writeguard.spring.moved.Notes.Topic;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A managed child goes from the topic 1 to another one, to none, and back, with the exact statements. */
@Schema("")
class MovedChildrenIT {

    private static DoorApplication application;

    /** No test has seen a topic of another one: {@code SeenParentsIT} shows what that changes. */
    private static final AtomicLong BASES = new AtomicLong();

    private final Database database;
    private final long base = BASES.addAndGet(10);

    MovedChildrenIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = MovedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @AfterEach
    void enforce() {
        application.bean(GuardModes.class).set(GuardMode.ENFORCE);
    }

    @BeforeEach
    void store() throws SQLException {
        database.execute("TRUNCATE topic, note CASCADE;"
                + " INSERT INTO topic (id, name, version) SELECT " + base
                + " + i, 'stored', 0 FROM unnest(ARRAY[1, 3]) i;"
                + " INSERT INTO note (id, kept_id, raised_id, timed_id) SELECT 9, i, i, i FROM (SELECT " + base
                + " + 1) t (i)");
    }

    /** What is asked of the topic. */
    enum Asked {
        KEEP(note -> note.kept, (note, topic) -> note.kept = topic, "kept_id"),
        TOUCH_VERSION(note -> note.raised, (note, topic) -> note.raised = topic, "raised_id"),
        TOUCH_TIME(note -> note.timed, (note, topic) -> note.timed = topic, "timed_id");

        private final Function<Note, @Nullable Topic> read;
        private final BiConsumer<Note, @Nullable Topic> write;
        private final String column;

        Asked(Function<Note, @Nullable Topic> read, BiConsumer<Note, @Nullable Topic> write, String column) {
            this.read = read;
            this.write = write;
            this.column = column;
        }

        /** How a row that is there is asked for. */
        String lock() {
            return this == KEEP ? "lock topic" : "update topic";
        }
    }

    /** Where the child goes, with the id of the topic. */
    enum Target {
        NEW(2, "ensure") {
            @Override
            Topic topic(EntityManager entities, long base) {
                return new Topic(base + 2, "given");
            }
        },
        INSTANCE_OF_A_STORED_ROW(3, "ensure") {
            @Override
            Topic topic(EntityManager entities, long base) {
                return new Topic(base + 3, "given");
            }
        },
        REFERENCE(3, "lock") {
            @Override
            Topic topic(EntityManager entities, long base) {
                return entities.getReference(Topic.class, base + 3);
            }
        },
        REFERENCE_TO_AN_ABSENT_ROW(2, "lock", "ensure") {
            @Override
            Topic topic(EntityManager entities, long base) {
                return entities.getReference(Topic.class, base + 2);
            }
        },
        MANAGED(3, "lock") {
            @Override
            Topic topic(EntityManager entities, long base) {
                return entities.find(Topic.class, base + 3);
            }
        },
        DETACHED(3, "ensure") {
            @Override
            Topic topic(EntityManager entities, long base) {
                Topic topic = entities.find(Topic.class, base + 3);
                entities.detach(topic);
                return topic;
            }
        },
        SECOND_INSTANCE(3, "lock") {
            @Override
            Topic topic(EntityManager entities, long base) {
                assertThat(entities.find(Topic.class, base + 3)).isNotNull();
                return new Topic(base + 3, "second");
            }
        },
        OWN_PERSISTED(2) {
            @Override
            Topic topic(EntityManager entities, long base) {
                var topic = new Topic(base + 2, "own");
                entities.persist(topic);
                entities.flush();
                return topic;
            }
        },
        NOTHING(0) {
            @Override
            @Nullable
            Topic topic(EntityManager entities, long base) {
                return null;
            }
        };

        private final long id;
        private final List<String> sent;

        Target(long id, String... sent) {
            this.id = id;
            this.sent = List.of(sent);
        }

        abstract @Nullable Topic topic(EntityManager entities, long base);

        /** What is sent when a child first comes to it, its own UPDATE included. */
        List<String> sent(Asked asked) {
            List<String> statements = new ArrayList<>();
            sent.forEach(each -> statements.add(each.equals("lock") ? asked.lock() : "ensure topic"));
            if (this == OWN_PERSISTED && asked != Asked.KEEP) {
                // A row of the transaction's own is held, and touched as any other.
                statements.add(asked.lock());
            }
            statements.add("update note x1");
            return statements;
        }

        List<String> row(Asked asked) {
            return id == 0 ? List.of() : List.of(id + "");
        }
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Asked.values())
                .flatMap(asked -> Arrays.stream(Target.values()).map(target -> Arguments.of(asked, target)));
    }

    private static List<String> flushed(EntityManager entities, Runnable change) {
        change.run();
        application.statements().clear();
        entities.flush();
        return application.statements().statements();
    }

    private List<String> referredTo(Asked asked) throws SQLException {
        return database.queryStrings(
                "SELECT (" + asked.column + " - " + base + ")::text FROM note WHERE " + asked.column + " IS NOT NULL");
    }

    /** There, back, and there again: what the transaction holds is not asked for again. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void goesThereAndBackAndThereAgain(Asked asked, Target target) throws SQLException {
        application.inTransaction(entities -> {
            Note note = entities.find(Note.class, 9L);
            Topic former = asked.read.apply(note);
            Topic other = target.topic(entities, base);
            assertThat(flushed(entities, () -> asked.write.accept(note, other))).isEqualTo(target.sent(asked));
            Topic usable = asked.read.apply(note);
            assertThat(flushed(entities, () -> asked.write.accept(note, former)))
                    .containsExactly(asked.lock(), "update note x1");
            assertThat(flushed(entities, () -> asked.write.accept(note, usable)))
                    .containsExactly("update note x1");
            assertThat(flushed(entities, () -> {})).isEmpty();
        });
        assertThat(referredTo(asked)).isEqualTo(target.row(asked));
        assertThat(database.queryStrings(
                        "SELECT id - " + base + " || ' ' || version || (last_at IS NOT NULL) FROM topic ORDER BY id"))
                .isEqualTo(versions(asked, target));
    }

    private static List<String> versions(Asked asked, Target target) {
        String touched = asked == Asked.KEEP ? " 0" : " 1";
        String time = asked == Asked.TOUCH_TIME ? "true" : "false";
        return Stream.of(
                        "1" + touched + time,
                        target.id == 2 ? "2" + touched + time : "",
                        target.id == 3 ? "3" + touched + time : "3 0false")
                .filter(row -> !row.isEmpty())
                .toList();
    }

    /** With no flush between, nothing has happened. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void sendsNothingForWhatCameBackBeforeTheFlush(Asked asked, Target target) throws SQLException {
        application.inTransaction(entities -> {
            Note note = entities.find(Note.class, 9L);
            Topic former = asked.read.apply(note);
            Topic other = target.topic(entities, base);
            assertThat(flushed(entities, () -> {
                        asked.write.accept(note, other);
                        asked.write.accept(note, former);
                    }))
                    .isEmpty();
        });
        assertThat(referredTo(asked)).containsExactly("1");
    }

    /** From a new one to another new one, in two flushes and in one. */
    @ParameterizedTest
    @EnumSource
    void goesFromOneNewTopicToTheNext(Asked asked) throws SQLException {
        application.inTransaction(entities -> {
            Note note = entities.find(Note.class, 9L);
            assertThat(flushed(entities, () -> asked.write.accept(note, new Topic(base + 4, "first"))))
                    .containsExactly("ensure topic", "update note x1");
            assertThat(flushed(entities, () -> {
                        asked.write.accept(note, new Topic(base + 5, "left before the flush"));
                        asked.write.accept(note, new Topic(base + 6, "second"));
                    }))
                    .containsExactly("ensure topic", "update note x1");
        });
        assertThat(referredTo(asked)).containsExactly("6");
        assertThat(database.queryStrings("SELECT name FROM topic WHERE id > " + (base + 3) + " ORDER BY id"))
                .containsExactly("first", "second");
    }

    @ParameterizedTest
    @EnumSource
    void goesThroughNothingBackToTheFormer(Asked asked) throws SQLException {
        application.inTransaction(entities -> {
            Note note = entities.find(Note.class, 9L);
            Topic former = asked.read.apply(note);
            assertThat(flushed(entities, () -> asked.write.accept(note, null))).containsExactly("update note x1");
            assertThat(flushed(entities, () -> asked.write.accept(note, former)))
                    .containsExactly(asked.lock(), "update note x1");
        });
        assertThat(referredTo(asked)).containsExactly("1");
    }

    /** Another transaction deletes it after it was read. */
    @ParameterizedTest
    @EnumSource
    void saysThatTheOtherTopicIsGone(Asked asked) throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    Note note = entities.find(Note.class, 9L);
                    Topic other = entities.find(Topic.class, base + 3);
                    execute("DELETE FROM topic WHERE id = " + (base + 3));
                    asked.write.accept(note, other);
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_ABSENT));
        assertThat(referredTo(asked)).containsExactly("1");
    }

    private void execute(String sql) {
        try {
            database.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Else each of these moves could be the foreign key's own success. */
    @ParameterizedTest
    @EnumSource
    void goesToNoAbsentTopicWithTheDoorSwitchedOff(Asked asked) throws SQLException {
        application.bean(GuardModes.class).set(GuardMode.OFF);
        assertThatThrownBy(() -> application.inTransaction(entities -> asked.write.accept(
                        entities.find(Note.class, 9L), entities.getReference(Topic.class, base + 2))))
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
        assertThat(referredTo(asked)).containsExactly("1");
    }
}
