package dev.writeguard.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java source of any module, found by its simple name. */
record SourceFile(Path file, String text) {

    private static final Map<String, Path> FILES = files();

    static SourceFile of(String simpleName) {
        Path file = FILES.get(simpleName);
        if (file == null) {
            throw new AssertionError("No source file " + simpleName + ".java");
        }
        try {
            return new SourceFile(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a method of that name is declared in it. */
    boolean declares(String method) {
        return Pattern.compile("(?m)^ +(?!return |throw )[\\w<>\\[\\], ?.@]+ " + method + "\\(")
                .matcher(text)
                .find();
    }

    /** The lines between {@code // tag::name[]} and {@code // end::name[]}, moved to the left margin. */
    String region(String name) {
        List<String> lines = text.lines().map(String::strip).toList();
        int start = lines.indexOf("// tag::" + name + "[]");
        int end = lines.indexOf("// end::" + name + "[]");
        if (start < 0 || end < start) {
            throw new AssertionError("No region " + name + " in " + file.getFileName());
        }
        List<String> region = new ArrayList<>(text.lines().toList().subList(start + 1, end));
        region.removeIf(line -> line.strip().matches("// (tag|end)::[\\w-]+\\[]"));
        return String.join("\n", region).stripIndent();
    }

    private static Map<String, Path> files() {
        Map<String, Path> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(Page.root())) {
            all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .forEach(file -> files.put(file.getFileName().toString().replace(".java", ""), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
