package dev.writeguard.violation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.docs.ErrorPage;
import dev.writeguard.docs.Page;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorPagesTests {

    private static final Pattern SECTION = Pattern.compile("(?m)^## (.*)$");
    private static final String DIRECTORY = "docs/errors/";

    @ParameterizedTest
    @EnumSource
    void hasAPageForEveryCode(FailureCode code) {
        Page page = Page.at(DIRECTORY + code.code() + ".md");
        assertThat(page.text().lines().findFirst()).hasValue("# " + code.code() + " " + code.name());
        assertThat(SECTION.matcher(page.text()).results().map(section -> section.group(1)))
                .containsExactly(
                        "What it looks like", "Caused by", "Solution", "How to reproduce", "How to verify the cure");
        assertThat(page.blocks()).anySatisfy(block -> {
            assertThat(block.kind()).isEqualTo("message");
            assertThat(block.name()).isEqualTo(ErrorPage.methodOf(code));
            assertThat(block.text()).endsWith("(" + code.code() + ")");
        });
    }

    @Test
    void hasACodeForEveryPage() {
        List<String> codes = Arrays.stream(FailureCode.values())
                .map(code -> DIRECTORY + code.code() + ".md")
                .toList();
        assertThat(Page.all().stream().map(Page::toString).filter(path -> path.startsWith(DIRECTORY + "GRD")))
                .hasSameElementsAs(codes);
    }

    @Test
    void listsEveryCodeInTheIndex() {
        List<MatchResult> rows = Pattern.compile("(?m)^\\| \\[(GRD-\\d+)]\\((GRD-\\d+)\\.md\\) \\| `(\\w+)` ")
                .matcher(Page.at(DIRECTORY + "README.md").text())
                .results()
                .toList();
        assertThat(rows).allSatisfy(row -> assertThat(row.group(1)).isEqualTo(row.group(2)));
        assertThat(rows.stream().map(row -> row.group(1) + " " + row.group(3)))
                .containsExactlyElementsOf(Arrays.stream(FailureCode.values())
                        .map(code -> code.code() + " " + code.name())
                        .toList());
    }
}
