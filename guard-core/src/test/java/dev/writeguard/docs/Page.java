package dev.writeguard.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page of the repository. */
public record Page(Path file, String text) {

    /** A marked block: {@code <!-- kind: Class#name -->}, then a fenced block in the next lines. */
    private static final Pattern MARKED =
            Pattern.compile("<!-- (\\w+): (\\w+)#([\\w-]+) -->\\s*```\\w+\\n(.*?)\\n?```", Pattern.DOTALL);

    private static final Path ROOT = root();

    /**
     * A code block and where its text comes from.
     *
     * @param kind {@code snippet}, {@code statement} or {@code message}
     * @param type the simple name of the class
     * @param name the region or method in it
     * @param text the block without its fences
     */
    public record Block(String kind, String type, String name, String text) {}

    /** All pages under {@code docs}, and those in the root. */
    public static List<Page> all() {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page at a path relative to the root of the repository. */
    public static Page at(String path) {
        return read(ROOT.resolve(path));
    }

    /** Every block of that kind, on any page. */
    public static List<Block> blocks(String kind) {
        return all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.kind().equals(kind))
                .toList();
    }

    /** The text of the only block of that kind that names this test. */
    public static String block(String kind, Class<?> type, String name) {
        List<Block> found = blocks(kind).stream()
                .filter(block -> block.type().equals(type.getSimpleName())
                        && block.name().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " blocks are marked <!-- " + kind + ": " + type.getSimpleName()
                    + "#" + name + " -->");
        }
        return found.get(0).text();
    }

    /** The marked blocks of this page. */
    public List<Block> blocks() {
        return MARKED.matcher(text)
                .results()
                .map(match -> new Block(match.group(1), match.group(2), match.group(3), match.group(4)))
                .toList();
    }

    /** All matches of a pattern's first group. */
    List<String> find(Pattern pattern) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** All matches of a pattern. */
    List<MatchResult> matches(Pattern pattern) {
        return pattern.matcher(text).results().toList();
    }

    /** The directory that holds {@code docs}. */
    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("docs"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("No docs above " + Path.of("").toAbsolutePath());
            }
        }
        return directory;
    }

    static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path from the root. */
    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
