package dev.writeguard.lab.chat;

import dev.writeguard.lab.frame.CodeDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one path shows.
 *
 * @param code both sides' code
 * @param rules what is said once for the guarded paths that write through JDBC
 * @param rows how these say which conversation a message needs
 * @param entity what is said once for those that write entities
 * @param last the last run, if there was one
 */
public record ChatCard(
        ChatPath path,
        CodeDiff code,
        List<String> rules,
        List<String> rows,
        List<String> entity,
        @Nullable ChatReport last) {

    public ChatCard {
        rules = List.copyOf(rules);
        rows = List.copyOf(rows);
        entity = List.copyOf(entity);
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
        return last.scenario().title() + ", " + last.crowd() + ". Broken: "
                + last.broken().verdict() + ". Guarded: " + last.guarded().verdict() + ".";
    }

    private ChatPath neighbour(int distance) {
        List<ChatPath> all = List.of(ChatPath.values());
        return all.get(Math.floorMod(all.indexOf(path) + distance, all.size()));
    }
}
