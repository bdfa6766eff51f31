package dev.writeguard.lab.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.lab.frame.CodeDiff.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeDiffTests {

    @Test
    void marksWhatOnlyOneSideHas() {
        CodeDiff diff = CodeDiff.of(List.of("{", "look", "create", "write", "}"), List.of("{", "ensure", "write", "}"));

        assertThat(diff.left())
                .containsExactly(same("{"), changed("look"), changed("create"), same("write"), same("}"));
        assertThat(diff.right()).containsExactly(same("{"), changed("ensure"), same("write"), same("}"));
    }

    @Test
    void marksAsFewLinesAsPossible() {
        CodeDiff diff = CodeDiff.of(List.of("a", "b", "a", "c"), List.of("a", "c"));

        assertThat(diff.left()).filteredOn(Line::changed).hasSize(2);
        assertThat(diff.right()).noneMatch(Line::changed);
    }

    private static Line same(String text) {
        return new Line(text, false);
    }

    private static Line changed(String text) {
        return new Line(text, true);
    }
}
