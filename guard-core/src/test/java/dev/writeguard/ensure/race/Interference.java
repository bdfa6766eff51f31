package dev.writeguard.ensure.race;

import static dev.writeguard.ensure.race.Ending.SERIALIZATION_FAILURE;
import static dev.writeguard.ensure.race.Ending.created;
import static dev.writeguard.ensure.race.Ending.existing;
import static dev.writeguard.ensure.race.Play.Step.GATE_CLOSES;
import static dev.writeguard.ensure.race.Play.Step.GATE_OPENS;
import static dev.writeguard.ensure.race.Play.Step.OTHER_COMMITS;
import static dev.writeguard.ensure.race.Play.Step.OTHER_ROLLS_BACK;
import static dev.writeguard.ensure.race.Play.Step.PARENT_EXISTS;
import static dev.writeguard.ensure.race.Play.Step.WRITER_TAKES_SNAPSHOT;
import static dev.writeguard.ensure.race.Play.Step.WRITE_STARTS;
import static dev.writeguard.ensure.race.Play.Step.WRITE_STOPS_AT_GATE;
import static dev.writeguard.ensure.race.Play.Step.WRITE_WAITS;
import static dev.writeguard.ensure.race.Play.Step.atReadCommitted;
import static dev.writeguard.ensure.race.Play.Step.otherBegins;
import static dev.writeguard.ensure.race.Play.Step.otherCommits;

import dev.writeguard.ensure.race.Play.Step;
import dev.writeguard.testkit.Running;
import java.sql.SQLException;
import java.util.List;

/**
 * What another session does to the parent while a write is under way: the steps, and how Guard's writes end after them at
 * READ COMMITTED, and on the fixed snapshot of the levels above.
 */
enum Interference {
    NOTHING_PARENT_ABSENT(created(), created(), WRITE_STARTS),
    NOTHING_PARENT_THERE(existing(), existing(), PARENT_EXISTS, WRITE_STARTS),

    UNCOMMITTED_INSERT_COMMITS(
            existing(), SERIALIZATION_FAILURE, otherBegins(Sql.INSERT), WRITE_STARTS, WRITE_WAITS, OTHER_COMMITS),
    UNCOMMITTED_INSERT_ROLLS_BACK(
            created(), created(), otherBegins(Sql.INSERT), WRITE_STARTS, WRITE_WAITS, OTHER_ROLLS_BACK),

    /** The INSERT leaves the row alone, since it still sees it, and the lock waits for it in vain. */
    UNCOMMITTED_DELETE_COMMITS(
            created().repeats(1),
            SERIALIZATION_FAILURE,
            PARENT_EXISTS,
            otherBegins(Sql.DELETE),
            WRITE_STARTS,
            WRITE_WAITS,
            OTHER_COMMITS) {
        @Override
        Ending guarded(GuardedWrite write, Mode mode) {
            return afterTheLock(super.guarded(write, mode), write);
        }
    },
    UNCOMMITTED_DELETE_ROLLS_BACK(
            existing(),
            existing(),
            PARENT_EXISTS,
            otherBegins(Sql.DELETE),
            WRITE_STARTS,
            WRITE_WAITS,
            OTHER_ROLLS_BACK),

    UNCOMMITTED_KEY_UPDATE_COMMITS(
            created().repeats(1),
            SERIALIZATION_FAILURE,
            PARENT_EXISTS,
            otherBegins(Sql.KEY_UPDATE),
            WRITE_STARTS,
            WRITE_WAITS,
            OTHER_COMMITS) {
        @Override
        Ending guarded(GuardedWrite write, Mode mode) {
            return afterTheLock(super.guarded(write, mode), write);
        }
    },
    UNCOMMITTED_KEY_UPDATE_ROLLS_BACK(
            existing(),
            existing(),
            PARENT_EXISTS,
            otherBegins(Sql.KEY_UPDATE),
            WRITE_STARTS,
            WRITE_WAITS,
            OTHER_ROLLS_BACK),

    UNCOMMITTED_UPDATE_COMMITS(
            existing(),
            SERIALIZATION_FAILURE,
            PARENT_EXISTS,
            otherBegins(Sql.UPDATE),
            WRITE_STARTS,
            WRITE_WAITS,
            OTHER_COMMITS),
    UNCOMMITTED_UPDATE_ROLLS_BACK(
            existing(),
            existing(),
            PARENT_EXISTS,
            otherBegins(Sql.UPDATE),
            WRITE_STARTS,
            WRITE_WAITS,
            OTHER_ROLLS_BACK),

    DELETE_BETWEEN(
            created().repeats(1),
            SERIALIZATION_FAILURE,
            PARENT_EXISTS,
            GATE_CLOSES,
            WRITE_STARTS,
            WRITE_STOPS_AT_GATE,
            otherCommits(Sql.DELETE),
            GATE_OPENS),
    KEY_UPDATE_BETWEEN(
            created().repeats(1),
            SERIALIZATION_FAILURE,
            PARENT_EXISTS,
            GATE_CLOSES,
            WRITE_STARTS,
            WRITE_STOPS_AT_GATE,
            otherCommits(Sql.KEY_UPDATE),
            GATE_OPENS),
    /** To share a key, its row need not be the newest; to share the whole row or to write it, it must. */
    UPDATE_BETWEEN(
            existing(),
            existing(),
            PARENT_EXISTS,
            GATE_CLOSES,
            WRITE_STARTS,
            WRITE_STOPS_AT_GATE,
            otherCommits(Sql.UPDATE),
            GATE_OPENS) {
        @Override
        Ending guarded(GuardedWrite write, Mode mode) {
            return mode.fixedSnapshot() && write.locksTheWholeRow() ? SERIALIZATION_FAILURE : existing();
        }
    },
    DELETE_AND_NEW_INSERT_BETWEEN(
            existing(),
            SERIALIZATION_FAILURE,
            PARENT_EXISTS,
            GATE_CLOSES,
            WRITE_STARTS,
            WRITE_STOPS_AT_GATE,
            otherCommits(Sql.DELETE),
            otherCommits(Sql.INSERT),
            GATE_OPENS),
    DELETE_BEGUN_BETWEEN_COMMITS(
            created().repeats(1),
            SERIALIZATION_FAILURE,
            PARENT_EXISTS,
            GATE_CLOSES,
            WRITE_STARTS,
            WRITE_STOPS_AT_GATE,
            otherBegins(Sql.DELETE),
            GATE_OPENS,
            WRITE_WAITS,
            OTHER_COMMITS),
    DELETE_BEGUN_BETWEEN_ROLLS_BACK(
            existing(),
            existing(),
            PARENT_EXISTS,
            GATE_CLOSES,
            WRITE_STARTS,
            WRITE_STOPS_AT_GATE,
            otherBegins(Sql.DELETE),
            GATE_OPENS,
            WRITE_WAITS,
            OTHER_ROLLS_BACK),

    CREATED_AND_DELETED_BY_OTHERS(
            created().repeats(1),
            SERIALIZATION_FAILURE,
            GATE_CLOSES,
            otherBegins(Sql.INSERT),
            WRITE_STARTS,
            WRITE_WAITS,
            OTHER_COMMITS,
            atReadCommitted(WRITE_STOPS_AT_GATE, otherCommits(Sql.DELETE)),
            GATE_OPENS),

    INSERTED_AFTER_SNAPSHOT(
            existing(), SERIALIZATION_FAILURE, WRITER_TAKES_SNAPSHOT, otherCommits(Sql.INSERT), WRITE_STARTS),
    DELETED_AFTER_SNAPSHOT(
            created(),
            SERIALIZATION_FAILURE,
            PARENT_EXISTS,
            WRITER_TAKES_SNAPSHOT,
            otherCommits(Sql.DELETE),
            WRITE_STARTS);

    private static final class Sql {
        static final String INSERT = "INSERT INTO conversations (id) VALUES (?)";
        static final String DELETE = "DELETE FROM conversations WHERE id = ?";
        static final String UPDATE = "UPDATE conversations SET owner = owner WHERE id = ?";
        static final String KEY_UPDATE = "UPDATE conversations SET id = 51 WHERE id = ?";
    }

    private final Ending readCommitted;
    private final Ending fixedSnapshot;
    private final List<Step> steps;

    Interference(Ending readCommitted, Ending fixedSnapshot, Step... steps) {
        this.readCommitted = readCommitted;
        this.fixedSnapshot = fixedSnapshot;
        this.steps = List.of(steps);
    }

    /** Takes the steps, up to where the write goes on by itself. */
    Running<String> play(Stage stage, Write write) throws SQLException {
        return new Play(stage, write).perform(steps);
    }

    /** How the write ends that goes through Guard; the children are for the write to say. */
    Ending guarded(GuardedWrite write, Mode mode) {
        return mode.fixedSnapshot() ? fixedSnapshot : readCommitted;
    }

    /** How a write ends that begins when all of this is over. */
    Ending afterwards() {
        return this == CREATED_AND_DELETED_BY_OTHERS ? existing() : readCommitted.repeats(0);
    }

    /** A write that locks first notices before its INSERT that the row is gone: nothing has to be sent again. */
    private static Ending afterTheLock(Ending ending, GuardedWrite write) {
        return write.locksFirst() ? ending.repeats(0) : ending;
    }

    /** Whether it can happen to that write. */
    boolean concerns(GuardedWrite write, Mode mode) {
        return switch (this) {
            // With autocommit there is no snapshot before the write.
            case INSERTED_AFTER_SNAPSHOT, DELETED_AFTER_SNAPSHOT -> !mode.autocommit();
            // The lock of a key does not wait for a change of other columns.
            case UNCOMMITTED_UPDATE_COMMITS, UNCOMMITTED_UPDATE_ROLLS_BACK -> write.locksTheWholeRow();
            default -> !(slipsBetween() && write.locksFirst());
        };
    }

    /** Whether it needs the parent there, and unlocked, after the write's first statement. */
    private boolean slipsBetween() {
        return steps.contains(PARENT_EXISTS) && steps.contains(GATE_CLOSES);
    }
}
