package dev.writeguard.spring.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.collections.Albums.Diary;
import dev.writeguard.spring.collections.Albums.Line;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines have the key of their diary in a column that the collection writes by an UPDATE. */
@Schema("")
class KeyByUpdateIT {

    private static DoorApplication application;

    private final Database database;
    private final AlbumRows rows;

    KeyByUpdateIT(Database database) {
        this.database = database;
        this.rows = new AlbumRows(application, database);
    }

    @BeforeAll
    static void start(Database database) {
        application = CollectionsApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        rows.empty();
    }

    /** The ways to give a line to the diary with the id 1. */
    enum Write {
        PERSIST(false) {
            @Override
            void write(Line line, EntityManager entities) {
                entities.persist(new Diary(1, line));
            }
        },
        MERGE_OF_A_NEW_DIARY(false) {
            @Override
            void write(Line line, EntityManager entities) {
                entities.merge(new Diary(1, line));
            }
        },
        MERGE(true) {
            @Override
            void write(Line line, EntityManager entities) {
                entities.merge(new Diary(1, line));
            }
        },
        MERGE_BESIDE_THE_MANAGED_DIARY(true) {
            @Override
            void write(Line line, EntityManager entities) {
                entities.find(Diary.class, 1L).lines.size();
                entities.merge(new Diary(1, line));
            }
        },
        FLUSH(true) {
            @Override
            void write(Line line, EntityManager entities) {
                entities.find(Diary.class, 1L).lines.add(line);
            }
        },
        FLUSH_OF_A_READ_COLLECTION(true) {
            @Override
            void write(Line line, EntityManager entities) {
                List<Line> lines = entities.find(Diary.class, 1L).lines;
                assertThat(lines).isEmpty();
                lines.add(line);
            }
        },
        QUERY(true) {
            @Override
            void write(Line line, EntityManager entities) {
                FLUSH.write(line, entities);
                entities.createQuery("select count(*) from Line", Long.class).getSingleResult();
            }
        },
        ANOTHER_COLLECTION(true) {
            @Override
            void write(Line line, EntityManager entities) {
                entities.find(Diary.class, 1L).lines = new ArrayList<>(List.of(line));
            }
        };

        private final boolean diaryIsThere;

        Write(boolean diaryIsThere) {
            this.diaryIsThere = diaryIsThere;
        }

        abstract void write(Line line, EntityManager entities);
    }

    /** What the line is before: those that are stored have the id -7. */
    enum Before {
        NEW {
            @Override
            Line line(EntityManager entities) {
                return new Line();
            }
        },
        MANAGED {
            @Override
            Line line(EntityManager entities) {
                return entities.find(Line.class, -7L);
            }
        },
        REFERENCE {
            @Override
            Line line(EntityManager entities) {
                return entities.getReference(Line.class, -7L);
            }
        },
        DETACHED {
            @Override
            Line line(EntityManager entities) {
                Line line = entities.find(Line.class, -7L);
                entities.detach(line);
                return line;
            }
        },
        OF_ANOTHER_DIARY {
            @Override
            Line line(EntityManager entities) {
                return entities.find(Diary.class, 2L).lines.remove(0);
            }
        },
        STILL_IN_ANOTHER_DIARY {
            @Override
            Line line(EntityManager entities) {
                return entities.find(Diary.class, 2L).lines.get(0);
            }
        };

        abstract Line line(EntityManager entities);
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Write.values())
                .flatMap(write -> Arrays.stream(Before.values())
                        // Only a merge takes what is detached: nothing else comes so far.
                        .filter(before ->
                                before != Before.DETACHED || write.name().startsWith("MERGE"))
                        .map(before -> Arguments.of(write, before)));
    }

    private void store(Write write) {
        rows.execute("INSERT INTO diary VALUES (2); INSERT INTO line (id, diary_id) VALUES (-7, 2)");
        if (write.diaryIsThere) {
            rows.execute("INSERT INTO diary VALUES (1)");
        }
    }

    private List<String> write(Write write, Before before) {
        application.statements().clear();
        application.inTransaction(entities -> write.write(before.line(entities), entities));
        return application.statements().statements();
    }

    /** The lock comes before the UPDATE; a new diary comes by its own INSERT. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void locksTheDiaryBeforeItsKeyIsWritten(Write write, Before before) throws SQLException {
        store(write);
        List<String> sent = write(write, before);
        assertThat(sent)
                .filteredOn(AlbumRows::isGuards)
                .isEqualTo(write.diaryIsThere ? List.of("lock diary") : List.of());
        assertThat(sent.lastIndexOf("update line x1"))
                .isGreaterThan(sent.indexOf(write.diaryIsThere ? "lock diary" : "insert diary x1"));
        assertThat(database.queryStrings(
                        "SELECT diary_id::text FROM line " + (before == Before.NEW ? "WHERE id <> -7" : "")))
                .containsExactly("1");
    }

    /** Another transaction deletes it as soon as it was read, and before the flush. */
    @ParameterizedTest
    @EnumSource(
            value = Before.class,
            names = {"DETACHED"},
            mode = EnumSource.Mode.EXCLUDE)
    void saysThatTheDiaryOfALineIsGone(Before before) throws SQLException {
        store(Write.FLUSH_OF_A_READ_COLLECTION);
        Runnable write = () -> application.inTransaction(entities -> {
            Write.FLUSH_OF_A_READ_COLLECTION.write(before.line(entities), entities);
            rows.execute("DELETE FROM diary WHERE id = 1");
        });
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_ABSENT));
        assertThat(database.queryStrings("SELECT diary_id::text FROM line")).containsExactly("2");
        rows.execute("INSERT INTO diary VALUES (1)");
        rows.assertFailsWithTheDoorSwitchedOff("23503", write);
    }

    /** The same where a merge has read it. */
    @ParameterizedTest
    @EnumSource
    void saysThatTheDiaryOfAMergedLineIsGone(Before before) throws SQLException {
        store(Write.MERGE);
        Runnable write = () -> application.inTransaction(entities -> {
            Write.MERGE.write(before.line(entities), entities);
            rows.execute("DELETE FROM diary WHERE id = 1");
        });
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_ABSENT));
        assertThat(database.queryStrings("SELECT diary_id::text FROM line")).containsExactly("2");
        rows.execute("INSERT INTO diary VALUES (1)");
        rows.assertFailsWithTheDoorSwitchedOff("23503", write);
    }

    @Test
    void locksTheOwnerOfWhatGetsItsKeyByAnUpdate() throws SQLException {
        rows.execute("INSERT INTO diary VALUES (1)");
        application.statements().clear();
        application.inTransaction(
                entities -> entities.find(Diary.class, 1L).lines.add(new Line()));
        assertThat(application.statements().statements())
                .filteredOn(sent -> !sent.contains("line_seq"))
                .containsExactly("select diary", "select line", "lock diary", "insert line x1", "update line x1");
        assertThat(rows.count("line WHERE diary_id = 1")).isEqualTo(1);
    }

    @Test
    void locksNoOwnerThatIsNew() throws SQLException {
        application.statements().clear();
        application.inTransaction(entities -> entities.persist(new Diary(1, new Line())));
        assertThat(application.statements().statements())
                .filteredOn(sent -> !sent.contains("line_seq"))
                .containsExactly("insert diary x1", "insert line x1", "update line x1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatTheDiaryIsGone(boolean guarded) {
        rows.execute("INSERT INTO diary VALUES (1)");
        Runnable write = () -> application.inTransaction(entities -> {
            Diary diary = entities.find(Diary.class, 1L);
            diary.lines.size();
            rows.execute("DELETE FROM diary");
            diary.lines.add(new Line());
        });
        if (guarded) {
            assertThatThrownBy(write::run)
                    .isInstanceOfSatisfying(
                            GuardFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_ABSENT));
        } else {
            rows.assertFailsWithTheDoorSwitchedOff("23503", write);
        }
    }
}
