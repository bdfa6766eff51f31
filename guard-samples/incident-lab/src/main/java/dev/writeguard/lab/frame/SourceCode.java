package dev.writeguard.lab.frame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lab's own source files, which the build copies beside the classes. */
public final class SourceCode {

    private static final int INDENT = 4;

    private SourceCode() {}

    /**
     * The lines between {@code // region name} and {@code // endregion}, without their common indent. Further indent is
     * in tabs, so that a narrow page may draw it narrow.
     *
     * @param className with its package
     */
    public static List<String> region(String className, String name) {
        List<String> lines = lines("/sources/" + className.replace('.', '/') + ".java");
        int start = marker(lines, "// region " + name, 0);
        int end = marker(lines, "// endregion", start);
        return String.join("\n", lines.subList(start + 1, end))
                .stripIndent()
                .lines()
                .map(SourceCode::tabbed)
                .toList();
    }

    private static String tabbed(String line) {
        String code = line.stripLeading();
        int indent = line.length() - code.length();
        return "\t".repeat(indent / INDENT) + " ".repeat(indent % INDENT) + code;
    }

    private static int marker(List<String> lines, String marker, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(marker)) {
                return i;
            }
        }
        throw new IllegalArgumentException("No line " + marker);
    }

    private static List<String> lines(String resource) {
        try (InputStream stream = SourceCode.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("No resource " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource, e);
        }
    }
}
