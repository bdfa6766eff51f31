package dev.writeguard.lab.chat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The list of all ten paths with the state of each. */
public record ChatOverview(List<Row> rows) {

    /**
     * One path.
     *
     * @param last its last run, if there was one
     */
    public record Row(ChatPath path, @Nullable ChatReport last) {

        /** Whether the guarded side ran and held. */
        boolean held() {
            return last != null && last.guarded().holds();
        }

        private String found() {
            return path.habit().state();
        }
    }

    /** How many paths are in which state, at one time. */
    public record Tally(String label, List<String> states) {

        /** For example: 10 paths: 0 guarded, 5 racy, 5 unguarded. */
        public String text() {
            Map<String, Long> counts = states.stream()
                    .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
            return states.size() + " paths: " + counts.getOrDefault("guarded", 0L) + " guarded, "
                    + counts.getOrDefault("racy", 0L) + " racy, " + counts.getOrDefault("unguarded", 0L) + " unguarded";
        }
    }

    public ChatOverview {
        rows = List.copyOf(rows);
    }

    public List<Tally> tallies() {
        return List.of(tally("As found", Row::found), tally("With Guard", row -> "guarded"));
    }

    /** All last runs in a sentence. */
    public String summary() {
        long ran = rows.stream().filter(row -> row.last() != null).count();
        if (ran == 0) {
            return "Nothing has run yet.";
        }
        long broke = rows.stream()
                .filter(row -> row.last() != null && !row.last().broken().holds())
                .count();
        long held = rows.stream().filter(Row::held).count();
        return "As found, " + broke + " of " + ran + " paths broke. With Guard, " + held + " of " + ran + " held.";
    }

    private Tally tally(String label, Function<Row, String> state) {
        return new Tally(label, rows.stream().map(state).sorted().toList());
    }
}
