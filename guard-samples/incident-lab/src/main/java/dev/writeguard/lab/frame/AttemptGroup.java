package dev.writeguard.lab.frame;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Workers that did the same and got the same answer. */
public record AttemptGroup(Answer answer, List<Step> steps, int workers) {

    private static final int BRIEF = 1000;

    /** Whether what was sent fits on a screen. */
    public boolean brief() {
        return steps.stream().mapToInt(step -> step.text().length()).sum() < BRIEF;
    }

    /** The largest group of each outcome first. */
    static List<AttemptGroup> of(List<Attempt> attempts) {
        Map<AttemptGroup, Integer> sizes = new LinkedHashMap<>();
        attempts.forEach(
                attempt -> sizes.merge(new AttemptGroup(attempt.answer(), attempt.steps(), 0), 1, Integer::sum));
        return sizes.entrySet().stream()
                .map(group ->
                        new AttemptGroup(group.getKey().answer(), group.getKey().steps(), group.getValue()))
                .sorted(Comparator.comparing(
                                (AttemptGroup group) -> group.answer().outcome())
                        .reversed()
                        .thenComparing(
                                Comparator.comparingInt(AttemptGroup::workers).reversed()))
                .toList();
    }
}
