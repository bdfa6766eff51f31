package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(OwnWrite.in(statement)).containsExactly(new OwnWrite("notes", false, List.of()));
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
        assertThat(OwnWrite.in(statement)).containsExactly(new OwnWrite("notes", true, List.of(assigned.split(" "))));
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
        assertThat(OwnWrite.in("INSERT INTO \"My Schema\" . \"my notes\" VALUES (1)"))
                .containsExactly(new OwnWrite("My Schema.my notes", false, List.of()));
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
        assertThat(new OwnWrite("Note", true, List.of(assigned)).sets(attribute))
                .isEqualTo(set);
    }
}
