package dev.writeguard.ensure.race;

import static dev.writeguard.ensure.race.Ending.done;
import static dev.writeguard.ensure.race.Ending.failed;
import static dev.writeguard.ensure.race.Interference.CREATED_AND_DELETED_BY_OTHERS;
import static dev.writeguard.ensure.race.Interference.DELETED_AFTER_SNAPSHOT;
import static dev.writeguard.ensure.race.Interference.DELETE_BEGUN_BETWEEN_COMMITS;
import static dev.writeguard.ensure.race.Interference.DELETE_BETWEEN;
import static dev.writeguard.ensure.race.Interference.INSERTED_AFTER_SNAPSHOT;
import static dev.writeguard.ensure.race.Interference.KEY_UPDATE_BETWEEN;
import static dev.writeguard.ensure.race.Interference.NOTHING_PARENT_ABSENT;
import static dev.writeguard.ensure.race.Interference.UNCOMMITTED_DELETE_COMMITS;
import static dev.writeguard.ensure.race.Interference.UNCOMMITTED_INSERT_COMMITS;
import static dev.writeguard.ensure.race.Interference.UNCOMMITTED_KEY_UPDATE_COMMITS;
import static dev.writeguard.ensure.race.UnsafeWrite.CHECK_THEN_INSERT;
import static dev.writeguard.ensure.race.UnsafeWrite.CHILD_ALONE;
import static dev.writeguard.ensure.race.UnsafeWrite.CTE_BESIDE_THE_CHILD;
import static dev.writeguard.ensure.race.UnsafeWrite.CTE_FEEDING_THE_CHILD;
import static dev.writeguard.ensure.race.UnsafeWrite.DO_NOTHING_IN_ONE_MESSAGE;
import static dev.writeguard.ensure.race.UnsafeWrite.DO_NOTHING_THEN_CHILD;
import static dev.writeguard.ensure.race.UnsafeWrite.MERGE_THEN_CHILD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.PostgresServer;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The negative controls of {@link InterleavingsIT}: the same interleavings break what people write by hand. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
@Tag(InterleavingCount.CONTROL)
class UnsafeProtocolsIT {

    private static Chat chat;

    /** How one hand-written protocol ends in one interleaving, by isolation level. */
    record Permutation(
            UnsafeWrite write,
            Interference interference,
            Ending readCommitted,
            Ending repeatableRead,
            Ending serializable) {

        Ending expected(Mode mode) {
            return switch (mode.isolation()) {
                case RC -> readCommitted;
                case RR -> repeatableRead;
                case SER -> serializable;
            };
        }
    }

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("permutations")
    void endsAsThePageOnProtocolsSays(Permutation permutation, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        Ending ending = stage.ending(permutation.interference().play(stage, permutation.write()));
        assertThat(ending).isEqualTo(permutation.expected(mode));
    }

    static Stream<Arguments> permutations() {
        return table().stream()
                .filter(row -> row.write() != MERGE_THEN_CHILD || hasMerge())
                .flatMap(row -> Mode.transactions().stream().map(mode -> Arguments.of(row, mode)));
    }

    /** MERGE came with PostgreSQL 15. */
    private static boolean hasMerge() {
        return PostgresServer.shared().majorVersion() >= 15;
    }

    private static List<Permutation> table() {
        Ending noParent = failed("23503");
        Ending duplicate = failed("23505");
        Ending retry = failed("40001");
        return List.of(
                row(DO_NOTHING_THEN_CHILD, DELETE_BETWEEN, noParent, retry, retry),
                row(DO_NOTHING_THEN_CHILD, DELETE_BEGUN_BETWEEN_COMMITS, noParent, retry, retry),
                row(DO_NOTHING_THEN_CHILD, KEY_UPDATE_BETWEEN, noParent, retry, retry),
                row(DO_NOTHING_THEN_CHILD, CREATED_AND_DELETED_BY_OTHERS, noParent, retry, retry),
                row(DO_NOTHING_THEN_CHILD, UNCOMMITTED_DELETE_COMMITS, done(1), retry, retry),
                row(DO_NOTHING_THEN_CHILD, UNCOMMITTED_INSERT_COMMITS, done(1), retry, retry),
                row(DO_NOTHING_THEN_CHILD, INSERTED_AFTER_SNAPSHOT, done(1), retry, retry),
                row(DO_NOTHING_THEN_CHILD, DELETED_AFTER_SNAPSHOT, done(1), retry, retry),
                row(DO_NOTHING_IN_ONE_MESSAGE, DELETE_BETWEEN, noParent, retry, retry),
                row(CTE_BESIDE_THE_CHILD, NOTHING_PARENT_ABSENT, done(1), done(1), done(1)),
                row(CTE_BESIDE_THE_CHILD, UNCOMMITTED_INSERT_COMMITS, done(1), retry, retry),
                row(CTE_BESIDE_THE_CHILD, DELETE_BETWEEN, noParent, retry, retry),
                row(CTE_FEEDING_THE_CHILD, UNCOMMITTED_INSERT_COMMITS, done(0), retry, retry),
                row(CTE_FEEDING_THE_CHILD, DELETE_BETWEEN, noParent, retry, retry),
                row(MERGE_THEN_CHILD, UNCOMMITTED_INSERT_COMMITS, duplicate, duplicate, duplicate),
                row(MERGE_THEN_CHILD, DELETE_BETWEEN, noParent, retry, retry),
                row(CHECK_THEN_INSERT, UNCOMMITTED_INSERT_COMMITS, duplicate, duplicate, duplicate),
                row(CHECK_THEN_INSERT, DELETE_BETWEEN, noParent, retry, retry),
                row(CHECK_THEN_INSERT, DELETE_BEGUN_BETWEEN_COMMITS, noParent, retry, retry),
                row(CHECK_THEN_INSERT, KEY_UPDATE_BETWEEN, noParent, retry, retry),
                row(CHILD_ALONE, UNCOMMITTED_DELETE_COMMITS, noParent, retry, retry),
                row(CHILD_ALONE, UNCOMMITTED_KEY_UPDATE_COMMITS, noParent, retry, retry),
                row(CHILD_ALONE, INSERTED_AFTER_SNAPSHOT, done(1), noParent, noParent),
                row(CHILD_ALONE, DELETED_AFTER_SNAPSHOT, noParent, retry, retry));
    }

    private static Permutation row(
            UnsafeWrite write,
            Interference interference,
            Ending readCommitted,
            Ending repeatableRead,
            Ending serializable) {
        return new Permutation(write, interference, readCommitted, repeatableRead, serializable);
    }
}
