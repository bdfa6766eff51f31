package dev.writeguard.ensure.race;

import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Running;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One performance of an {@link Interference}: its steps, taken one after the other by the test's thread. */
final class Play {

    private final Stage stage;
    private final Write write;
    private @Nullable Gate gate;
    private @Nullable Running<String> writing;

    Play(Stage stage, Write write) {
        this.stage = stage;
        this.write = write;
    }

    /** What happens next. */
    @FunctionalInterface
    interface Step {

        Step PARENT_EXISTS = play -> play.stage.parentExists();
        Step WRITER_TAKES_SNAPSHOT = play -> play.stage.writerLooksAround();
        Step GATE_CLOSES = play -> play.gate = play.write.gate(play.stage.database);
        Step GATE_OPENS = play -> play.gate().open();
        Step WRITE_STARTS = play -> play.writing = play.stage.start(play.write);
        Step WRITE_STOPS_AT_GATE = play -> play.gate().awaitArrival(play.writing());
        Step WRITE_WAITS = play -> play.writing().awaitBlockedBy(play.stage.other);
        Step OTHER_COMMITS = play -> play.stage.other.commit();
        Step OTHER_ROLLS_BACK = play -> play.stage.other.rollback();

        void take(Play play) throws SQLException;

        /** In a transaction that stays open. */
        static Step otherBegins(String sql) {
            return play -> play.stage.otherBegins(sql);
        }

        /** In a transaction of its own. */
        static Step otherCommits(String sql) {
            return play -> play.stage.otherCommits(sql);
        }

        /** Above READ COMMITTED the write has failed before these. */
        static Step atReadCommitted(Step... steps) {
            return play -> {
                if (!play.stage.mode.fixedSnapshot()) {
                    for (Step step : steps) {
                        step.take(play);
                    }
                }
            };
        }
    }

    /** Takes the steps, up to where the write goes on by itself. */
    Running<String> perform(List<Step> steps) throws SQLException {
        for (Step step : steps) {
            step.take(this);
        }
        return writing();
    }

    private Gate gate() {
        return Objects.requireNonNull(gate);
    }

    private Running<String> writing() {
        return Objects.requireNonNull(writing);
    }
}
