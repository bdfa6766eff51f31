package dev.writeguard.spring.rule;

import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RequiredState;
import dev.writeguard.rule.Touch;
import dev.writeguard.schema.Column;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which parents a rule accepts, and what it does to them: what two rules about one reference have to agree in. By what a
 * parent is found is no part of it.
 *
 * @param states the states, by the name of their column
 * @param touch what is written: values, clocks, version
 */
record AcceptedParents(
        Set<String> match, Optional<List<Object>> states, Optional<List<Set<String>>> touch, boolean soft) {

    static AcceptedParents of(ParentRule rule) {
        return new AcceptedParents(
                names(rule.match()),
                rule.requiredState().map(AcceptedParents::words),
                rule.touch().map(AcceptedParents::words),
                rule.soft());
    }

    private static List<Object> words(RequiredState state) {
        return List.of(state.column().name().name(), state.allowed());
    }

    private static List<Set<String>> words(Touch touch) {
        Column version = touch.version();
        return List.of(
                names(touch.values()), names(touch.clocks()), version == null ? Set.of() : names(List.of(version)));
    }

    /** In what another rule says something else, by the words of a declaration. */
    List<String> differences(AcceptedParents other) {
        return Stream.of(
                        difference("match", match.equals(other.match)),
                        difference("requireState", states.equals(other.states)),
                        difference("touch", touch.equals(other.touch)),
                        difference("soft", soft == other.soft))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> difference(String word, boolean same) {
        return same ? Optional.empty() : Optional.of(word);
    }

    static Set<String> names(List<Column> columns) {
        return columns.stream().map(column -> column.name().name()).collect(Collectors.toSet());
    }
}
