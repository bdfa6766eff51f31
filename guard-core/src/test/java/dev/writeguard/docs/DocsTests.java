package dev.writeguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocsTests {

    private static final Pattern JAVA_FENCE = Pattern.compile("(.*)\\n```java");
    private static final Pattern FENCED = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Tests))#(\\w+)`");

    @ParameterizedTest
    @MethodSource("dev.writeguard.docs.Page#all")
    void showsCodeAsItRuns(Page page) {
        for (Page.Block block : page.blocks()) {
            if (block.kind().equals("snippet")) {
                assertThat(block.text())
                        .as("%s#%s in %s", block.type(), block.name(), page)
                        .isEqualTo(SourceFile.of(block.type()).region(block.name()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.docs.Page#all")
    void showsNoCodeThatIsNotTested(Page page) {
        assertThat(page.find(JAVA_FENCE)).allMatch(line -> line.startsWith("<!-- snippet: "));
        assertThat(page.blocks())
                .hasSize(page.find(Pattern.compile("<!-- (\\w+): \\w+#")).size());
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.docs.Page#all")
    void namesTestsThatExist(Page page) {
        for (MatchResult test : page.matches(TEST)) {
            assertThat(SourceFile.of(test.group(1)).declares(test.group(2)))
                    .as("%s in %s", test.group(), page)
                    .isTrue();
        }
        for (Page.Block block : page.blocks()) {
            assertThat(block.kind().equals("snippet")
                            || SourceFile.of(block.type()).declares(block.name()))
                    .as("%s#%s in %s", block.type(), block.name(), page)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.docs.Page#all")
    void linksToWhatExists(Page page) {
        String prose = FENCED.matcher(page.text()).replaceAll("");
        for (MatchResult match : LINK.matcher(prose).results().toList()) {
            URI link = URI.create(match.group(1));
            if (link.getScheme() == null) {
                Path target = link.getPath().isEmpty()
                        ? page.file()
                        : page.file().resolveSibling(link.getPath()).normalize();
                assertThat(target).as("%s in %s", link, page).exists();
                if (link.getFragment() != null) {
                    assertThat(Page.read(target).find(HEADING).stream().map(DocsTests::anchor))
                            .as("%s in %s", link, page)
                            .contains(link.getFragment());
                }
            }
        }
    }

    @Test
    void reachesEveryPageFromAnother() {
        for (Page page : Page.all()) {
            String name = page.file().getFileName().toString();
            assertThat(Page.all())
                    .as("pages that link to %s", page)
                    .anyMatch(other -> name.equals("README.md") || other.text().contains(name + ")"));
        }
    }

    /** As the renderers of Markdown make it from a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .strip()
                .replace(' ', '-');
    }
}
