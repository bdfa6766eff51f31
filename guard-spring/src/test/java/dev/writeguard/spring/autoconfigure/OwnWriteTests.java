package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnWriteTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO notes (id) VALUES (1)",
                "insert\n  into \"notes\" select 1",
                "insert notes (id, room) values (1, :room)",
                "WITH n AS (INSERT INTO notes (id) VALUES (1) RETURNING id) SELECT * FROM n",
                "INSERT INTO notes (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2",
                "MERGE INTO notes USING other ON true WHEN NOT MATCHED THEN INSERT VALUES (1)"
            })
    void findsWhatIsInserted(String statement) {
        assertFound(statement, "notes", false, List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE notes SET room_id = :room, text = 'x' WHERE id = :id              | room_id text",
                "UPDATE ONLY notes AS n SET \"room_id\" = 1 FROM rooms r WHERE r.id = :id | room_id",
                "UPDATE notes SET (text, room_id) = (SELECT text, id FROM rooms), a[1] = 2| text room_id a",
                "update versioned notes n set n.place.room = :room where n.text = :text   | n.place.room",
                "WITH n AS (UPDATE notes SET text = :text) SELECT * FROM rooms, x         | text",
                "UPDATE notes SET text = (SELECT name FROM rooms WHERE room_id = 1)       | text",
                "UPDATE notes SET text = 'a, room_id = 1 where' RETURNING room_id = 5     | text"
            })
    void findsWhatIsSet(String statement, String assigned) {
        assertFound(statement, "notes", true, List.of(assigned.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select n from Note n where n.text = 'update notes set room'",
                "SELECT * FROM notes FOR UPDATE",
                "DELETE FROM notes WHERE room_id = 1"
            })
    void findsNothingInWhatOnlyReads(String statement) {
        assertThat(OwnWrite.in(statement)).isEmpty();
    }

    @Test
    void readsNamesWithSchemasQuotesAndSpaces() {
        assertFound("INSERT INTO \"My Schema\" . \"my notes\" VALUES (1)", "My Schema.my notes", false, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "n.room, room, true",
        "room, room, true",
        "n.room.id, room, true",
        "n.place.room, place.room, true",
        "n.place, place.room, true",
        "place, place.room, true",
        "n.rooms, room, false",
        "n.place.text, place.room, false"
    })
    void knowsWhetherAnAttributeIsSet(String assigned, String attribute, boolean set) {
        assertThat(new OwnWrite("Note", true, List.of(assigned), "").sets(attribute))
                .isEqualTo(set);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO notes (id, room_id) VALUES (1, 2)                               | true",
                "INSERT INTO notes AS n (id, \"ROOM_ID\") VALUES (1, 2)                      | true",
                "INSERT INTO notes VALUES (1, 2)                                             | true",
                "INSERT INTO notes SELECT id, other FROM rooms                               | true",
                "INSERT INTO notes (SELECT id, other FROM rooms)                             | true",
                "INSERT INTO notes ((VALUES (1, 2)))                                         | true",
                "INSERT INTO notes (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET room_id = 2| true",
                "MERGE INTO notes USING other ON true WHEN NOT MATCHED THEN INSERT VALUES (1)| true",
                "insert into Note n (id) select r.id from Room r                             | true",
                "INSERT INTO notes (id) VALUES (1)                                           | false",
                "INSERT INTO notes (id, other_room_id) VALUES (1, 2)                         | false",
                "INSERT INTO notes (id, text) VALUES (1, 'room_id')                          | false"
            })
    void knowsWhetherAnInsertMayFillAColumn(String statement, boolean fills) {
        assertThat(OwnWrite.in(statement)).hasSize(1);
        assertThat(OwnWrite.in(statement).get(0).mayFill("room_id")).isEqualTo(fills);
    }

    private static void assertFound(String statement, String target, boolean update, List<String> assigned) {
        assertThat(OwnWrite.in(statement))
                .extracting(OwnWrite::target, OwnWrite::update, OwnWrite::assigned)
                .containsExactly(tuple(target, update, assigned));
    }
}
