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
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines have the key of their diary in a column that the collection writes by an UPDATE. */
@Schema("")
class KeyByUpdateIT {

    private static DoorApplication application;

    private final AlbumRows rows;

    KeyByUpdateIT(Database database) {
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
