package dev.writeguard.lab.chat;

import dev.writeguard.lab.frame.CodeDiff;
import dev.writeguard.lab.frame.HalfReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one path shows.
 *
 * @param guarded whether there is a guarded side
 * @param code both sides' code, the right one empty if there is none
 * @param rules what is said once for all guarded paths
 * @param rows how they are told what to write
 * @param last the last run, if there was one
 */
public record ChatCard(
        ChatPath path,
        boolean guarded,
        CodeDiff code,
        List<String> rules,
        List<String> rows,
        @Nullable ChatReport last) {

    public ChatCard {
        rules = List.copyOf(rules);
        rows = List.copyOf(rows);
    }

    public List<ChatScenario> scenarios() {
        return List.of(ChatScenario.values());
    }

    /** The scenario to choose at first. */
    public ChatScenario scenario() {
        return last == null ? path.habit().telling() : last.scenario();
    }

    public ChatPath previous() {
        return neighbour(-1);
    }

    public ChatPath next() {
        return neighbour(1);
    }

    /** How many processors the latencies were measured on. */
    public int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The last run in a sentence. */
    public String summary() {
        if (last == null) {
            return "Not run yet.";
        }
        HalfReport right = last.guarded();
        return last.scenario().title() + ", " + last.crowd() + ". Broken: "
                + last.broken().verdict() + ". "
                + (right == null ? "Not guarded yet." : "Guarded: " + right.verdict() + ".");
    }

    private ChatPath neighbour(int distance) {
        List<ChatPath> all = List.of(ChatPath.values());
        return all.get(Math.floorMod(all.indexOf(path) + distance, all.size()));
    }
}
