package dev.writeguard.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A write within a statement of the application's own, in SQL or in the entities' language.
 *
 * @param target the table or the entity, without quotes
 * @param update whether it changes rows that are there
 * @param assigned what an update sets: columns, or attributes with the paths to them, without quotes
 * @param rest of the statement, behind the target
 */
record OwnWrite(String target, boolean update, List<String> assigned, String rest) {

    private static final String NAME = "(?:\"[^\"]+\"|[\\w$]+)";

    /** Names that follow such a word in MERGE and ON CONFLICT are none. */
    private static final Pattern WRITE = Pattern.compile(
            "\\b(insert(?:\\s+into)?|update(?:\\s+versioned)?|merge\\s+into)\\s+(?:only\\s+)?(?!(?:set|values)\\b)("
                    + NAME + "(?:\\s*\\.\\s*" + NAME + ")*)",
            Pattern.CASE_INSENSITIVE);

    /** The columns of an INSERT, and not what it selects. */
    private static final Pattern COLUMNS = Pattern.compile(
            "\\s*(?:as\\s+" + NAME + "\\s*)?\\((?!\\s*(?:\\(|(?:select|with|values|table)\\b))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LITERAL = Pattern.compile("'[^']*'");
    private static final Pattern SET = Pattern.compile("\\bset\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|\\w+|.", Pattern.DOTALL);
    private static final Pattern ASSIGNED = Pattern.compile("[\\w$]+(?:\\s*\\.\\s*[\\w$]+)*");
    private static final Set<String> AFTER_SET = Set.of("where", "returning");

    /** All of a statement, those in its WITH queries included. */
    static List<OwnWrite> in(String statement) {
        String text = LITERAL.matcher(statement).replaceAll("''");
        return WRITE.matcher(text)
                .results()
                .map(write -> of(write, text.substring(write.end())))
                .toList();
    }

    private static OwnWrite of(MatchResult write, String rest) {
        boolean update = write.group(1).toLowerCase(Locale.ROOT).startsWith("update");
        return new OwnWrite(plain(write.group(2)), update, update ? assigned(rest) : List.of(), rest);
    }

    /** Whether an INSERT may fill a column or an attribute: it names it in any place, or does not say what it fills. */
    boolean mayFill(String name) {
        return !COLUMNS.matcher(rest).lookingAt()
                || Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])", Pattern.CASE_INSENSITIVE)
                        .matcher(rest)
                        .find();
    }

    /** Whether an attribute is set, by itself, by an attribute of it, or by the embeddable that it is in. */
    boolean sets(String attribute) {
        return assigned.stream()
                .anyMatch(set -> ("." + set + ".").contains("." + attribute + ".") || holds(set, attribute));
    }

    private static boolean holds(String set, String attribute) {
        return attribute.startsWith(set + ".") || attribute.startsWith(set.substring(set.indexOf('.') + 1) + ".");
    }

    private static List<String> assigned(String rest) {
        Matcher set = SET.matcher(rest);
        return set.find()
                ? assignments(rest.substring(set.end())).stream()
                        .flatMap(OwnWrite::targets)
                        .toList()
                : List.of();
    }

    /** Between commas outside of parentheses, up to the end of the clause. */
    private static List<String> assignments(String clause) {
        List<String> found = new ArrayList<>();
        StringBuilder assignment = new StringBuilder();
        int depth = 0;
        for (MatchResult token : TOKEN.matcher(clause).results().toList()) {
            String text = token.group();
            depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
            if (depth < 0 || (depth == 0 && AFTER_SET.contains(text.toLowerCase(Locale.ROOT)))) {
                break;
            }
            if (depth == 0 && text.equals(",")) {
                found.add(assignment.toString());
                assignment.setLength(0);
            } else {
                assignment.append(text);
            }
        }
        found.add(assignment.toString());
        return found;
    }

    /** One, or several in parentheses. */
    private static Stream<String> targets(String assignment) {
        int equals = assignment.indexOf('=');
        String left = equals < 0 ? "" : assignment.substring(0, equals).replaceAll("[()]|\\[[^]]*]", " ");
        return Stream.of(left.split(","))
                .map(target -> plain(target).strip())
                .filter(target -> ASSIGNED.matcher(target).matches());
    }

    private static String plain(String name) {
        return name.replace("\"", "").replaceAll("\\s*\\.\\s*", ".");
    }
}
