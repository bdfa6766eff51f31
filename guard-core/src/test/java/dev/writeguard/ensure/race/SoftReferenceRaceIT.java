package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import dev.writeguard.testkit.WireCounts;
import dev.writeguard.testkit.WireProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Notes refer to conversations without a foreign key: only the protocols of both sides keep orphans out. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class SoftReferenceRaceIT {

    private static final String LOCK = "SELECT id FROM conversations WHERE id = ? FOR UPDATE";
    private static final String DELETE_IF_UNUSED =
            "DELETE FROM conversations p WHERE id = ? AND NOT EXISTS (SELECT FROM notes WHERE conversation_id = p.id)";
    private static final String DO_NOTHING = "INSERT INTO conversations (id) VALUES (?) ON CONFLICT (id) DO NOTHING";
    private static final String NOTE = "INSERT INTO notes (conversation_id) VALUES (?)";

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    /** The ways to write a note. */
    enum Note {
        ENSURE_THEN_PLAIN_INSERT {
            @Override
            String write(Connection connection) throws SQLException {
                ChildRule notes = chat.softNotes();
                String outcome = chat.on(connection)
                        .ensure(Chat.parent(notes.parent(), Stage.PARENT))
                        .name();
                UnsafeWrite.execute(connection, NOTE);
                return outcome;
            }
        },
        INSERT {
            @Override
            String write(Connection connection) {
                ChildRule notes = chat.softNotes();
                return chat.on(connection)
                        .insert(notes, Chat.child(notes, Stage.PARENT))
                        .name();
            }
        },
        INSERT_ALL {
            @Override
            String write(Connection connection) {
                ChildRule notes = chat.softNotes();
                return chat.on(connection)
                        .insertAll(
                                notes,
                                Stream.of(Stage.LOWER, Stage.PARENT)
                                        .map(key -> Chat.child(notes, key))
                                        .toList())
                        .get(1)
                        .name();
            }
        };

        abstract String write(Connection connection) throws SQLException;
    }

    static Stream<Arguments> notes() {
        return Stream.of(Note.values())
                .flatMap(note -> Stream.of(Mode.RC, Mode.RC_AUTOCOMMIT)
                        .filter(mode -> note != Note.ENSURE_THEN_PLAIN_INSERT || !mode.autocommit())
                        .map(mode -> Arguments.of(note, mode)));
    }

    @ParameterizedTest
    @MethodSource("notes")
    void waitsForACheckedDeleteAndCreatesTheParentAgain(Note note, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins(LOCK);
        Running<String> write = stage.start(note::write).awaitBlockedBy(stage.other);
        assertThat(stage.other.run(DELETE_IF_UNUSED, Stage.PARENT)).isEqualTo(1);
        stage.other.commit();
        stage.ending(write);
        assertThat(write.result()).isIn("created", "inserted");
        assertThat(orphans(database)).isZero();
        assertThat(stage.parents()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("notes")
    void makesACheckedDeleteWaitAndSeeTheNote(Note note, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        Gate gate = Gate.afterStatement(database, "notes", "writer");
        Running<String> write = stage.start(note::write);
        gate.awaitArrival(write);
        stage.otherBegins();
        Running<Long> lock = stage.other.start(LOCK, Stage.PARENT).awaitBlockedBy(stage.writer);
        gate.open();
        stage.ending(write);
        lock.result();
        assertThat(stage.other.run(DELETE_IF_UNUSED, Stage.PARENT)).isZero();
        stage.other.commit();
        assertThat(orphans(database)).isZero();
    }

    /** Not even SERIALIZABLE on both sides notices: DO NOTHING leaves no trace of what it has seen. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void doNothingLeavesAnOrphan(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.writer.run(DO_NOTHING, Stage.PARENT);
        stage.otherBegins(LOCK);
        assertThat(stage.other.run(DELETE_IF_UNUSED, Stage.PARENT)).isEqualTo(1);
        stage.other.commit();
        stage.writer.run(NOTE, Stage.PARENT);
        stage.writer.commit();
        assertThat(orphans(database)).isEqualTo(1);
    }

    /** Why it is refused above READ COMMITTED: the deleter waits for the lock, and still cannot see the note. */
    @ParameterizedTest
    @EnumSource(names = {"RR", "SER"})
    @Tag(InterleavingCount.CONTROL)
    void theLockAloneLeavesAnOrphanOnAFixedSnapshot(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.writer.run("SELECT id FROM conversations WHERE id = ? FOR KEY SHARE", Stage.PARENT);
        stage.writer.run(NOTE, Stage.PARENT);
        stage.otherBegins();
        Running<Long> lock = stage.other.start(LOCK, Stage.PARENT).awaitBlockedBy(stage.writer);
        stage.writer.commit();
        lock.result();
        Running<Long> delete = stage.other.start(DELETE_IF_UNUSED, Stage.PARENT);
        if (mode == Mode.SER) {
            // Here both sides are serializable; an orphan remains if only one is.
            assertThat(delete.sqlState()).isEqualTo("40001");
            return;
        }
        assertThat(delete.result()).isEqualTo(1);
        stage.other.commit();
        assertThat(orphans(database)).isEqualTo(1);
    }

    static List<Arguments> refusals() {
        return Stream.of(Note.values())
                .flatMap(note ->
                        Stream.of(Mode.values()).filter(Mode::fixedSnapshot).map(mode -> Arguments.of(note, mode)))
                .toList();
    }

    /** The parent is absent, and not created either. */
    @ParameterizedTest
    @MethodSource("refusals")
    void isRefusedAboveReadCommittedInOneRoundTrip(Note note, Mode mode, Database database) throws SQLException {
        Properties named = new Properties();
        named.setProperty("ApplicationName", "writer");
        try (WireProxy proxy = WireProxy.to(database.server())) {
            Session writer = database.session("writer", database.connect(proxy, named));
            Stage stage = new Stage(database, chat, mode, writer);
            WireCounts counts = proxy.measure(
                    () -> assertThat(stage.start(note::write).result()).isEqualTo("00000 GRD-106"));
            assertThat(counts.roundTrips()).isEqualTo(1);
            assertThat(chat.event(writer).roundTrips()).isEqualTo(1);
            mode.commit(writer);
        }
        assertThat(database.queryLong("SELECT count(*) FROM notes")).isZero();
        assertThat(database.queryLong("SELECT count(*) FROM conversations WHERE id = ?", Stage.PARENT))
                .isZero();
    }

    /** A parent that is there hides nothing: the child's own statement must carry the condition. */
    @ParameterizedTest
    @MethodSource("refusals")
    void isRefusedAboveReadCommittedThoughTheParentIsThere(Note note, Mode mode, Database database)
            throws SQLException {
        Session writer = database.session("writer");
        Stage stage = new Stage(database, chat, mode, writer);
        database.execute("INSERT INTO conversations (id) VALUES (" + Stage.PARENT + ")");
        assertThat(stage.start(note::write).result()).isEqualTo("00000 GRD-106");
        mode.commit(writer);
        assertThat(database.queryLong("SELECT count(*) FROM notes")).isZero();
    }

    private static long orphans(Database database) throws SQLException {
        return database.queryLong("""
                SELECT count(*) FROM notes n
                WHERE NOT EXISTS (SELECT FROM conversations c WHERE c.id = n.conversation_id)""");
    }
}
