package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.EnsureOutcome.Present;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.sql.Identifier;
import dev.writeguard.sql.TableName;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation on schemas, tables, columns, constraints, types and collations of every name that PostgreSQL allows. */
@Schema("")
class HostileNamesIT {

    /** What PostgreSQL keeps of a name. */
    private static final int BYTES = 63;

    static Stream<String> names() {
        return Stream.of(
                "select",
                "user",
                "null",
                "default",
                "current_user",
                "true",
                "Mixed Case",
                "UPPER",
                " leading and trailing ",
                "quote\"d",
                "\"",
                "\"\"",
                "it's",
                "semi;colon",
                "; DROP SCHEMA public; --",
                "--comment",
                "/* comment",
                "*/",
                "a?b",
                "??",
                "?|",
                "$1",
                "$$",
                "$tag$",
                "%s",
                "%d%n",
                "%",
                "{fn now()}",
                "{",
                "}",
                ":name",
                "::int",
                "@var",
                "#",
                "`",
                "[x]",
                "a.b",
                "a,b",
                "(",
                ")",
                "back\\slash",
                "\\",
                "new\nline",
                "tab\t",
                "\u0001",
                "E'x'",
                "U&",
                "ünïcödé",
                "日本語",
                "🙂",
                "\u00a0",
                "ﬁ",
                "x".repeat(63),
                "é".repeat(31) + "x",
                "🙂".repeat(15),
                // Names that the statements give to their own parts.
                "p",
                "u",
                "c",
                "l",
                "r",
                "i",
                "k",
                "parent",
                "source",
                "chosen",
                "created",
                "touched",
                "stored",
                "c1",
                "f1");
    }

    @ParameterizedTest
    @MethodSource("names")
    void areJustNames(String name, Database database) throws SQLException {
        Names names = new Names(name);
        database.execute(names.ddl());
        Connection connection = database.connect();
        exercise(names, connection, database);
        Properties simple = new Properties();
        simple.setProperty("preferQueryMode", "simple");
        database.execute("TRUNCATE " + names.parent.text() + ", " + names.child.text());
        exercise(names, database.connect(simple), database);
        database.execute("DROP SCHEMA " + names.quoted("") + " CASCADE; DROP SCHEMA " + names.quoted("t") + " CASCADE");
    }

    private static void exercise(Names names, Connection connection, Database database) throws SQLException {
        Guard guard = Guard.of(connection);
        EnsureParent ensure = guard.ensureParent(connection);
        ParentRule keep = ParentRule.on(guard.graph(), names.parent).build();
        ParentRule strict = ParentRule.on(guard.graph(), names.parent)
                .key(names.of("2"), names.of(""))
                .match(names.of("o"))
                .touch(names.of("w"))
                .touchClock(names.of("d"))
                .touchVersion(names.of("v"))
                .requireState(names.of("s"), "it's \"open\"")
                .build();
        ParentRow one = row(names, keep, names.name, 1);
        ParentRow two = row(names, strict, 2, names.name);
        assertThat(ensure.ensure(one).name()).isEqualTo("created");
        assertThat(((Present) ensure.ensure(two)).version()).hasValue(1);
        assertThat(ensure.ensureAll(keep, List.of(one, row(names, keep, names.name, 3))))
                .extracting(EnsureOutcome::name)
                .containsExactly("existing", "created");
        assertThat(ensure.ensureAll(strict, List.of(two, row(names, strict, 4, names.name))))
                .extracting(EnsureOutcome::name)
                .containsExactly("existing", "created");

        ChildRule plain = ChildRule.on(guard.graph(), names.child, keep)
                .returning(names.of("i"), names.of(""))
                .build();
        ChildRule once = ChildRule.on(guard.graph(), names.child, strict)
                .onceBy(names.of("i"))
                .build();
        Inserted inserted = (Inserted) ensure.insert(plain, child(names, plain, one));
        assertThat(inserted.stored().value(names.of(""))).isEqualTo(names.name);
        ChildRow row = child(names, once, two);
        assertThat(ensure.insert(once, row)).isInstanceOf(Inserted.class);
        assertThat(ensure.insert(once, row)).isInstanceOf(Duplicate.class);
        assertThat(ensure.insertAll(plain, List.of(child(names, plain, one), child(names, plain, one))))
                .hasOnlyElementsOfType(Inserted.class);
        assertThat(ensure.insertAll(once, List.of(row, child(names, once, two))))
                .hasExactlyElementsOfTypes(Duplicate.class, Inserted.class);
        assertThat(database.queryLong("SELECT count(*) FROM " + names.parent.text()))
                .isEqualTo(4);
        assertThat(database.queryLong("SELECT count(*) FROM " + names.child.text()))
                .isEqualTo(5);
        failsByName(
                names,
                connection,
                database,
                () -> ensure.insert(
                        plain,
                        plain.row(
                                one,
                                plain.values()
                                        .set(names.of("i"), UUID.randomUUID())
                                        .set(names.of("b"), "")
                                        .build())));
    }

    private static void failsByName(Names names, Connection connection, Database database, ThrowingCallable call)
            throws SQLException {
        FailingCall failed = FailingCall.on(connection, database, call)
                .hasCode(FailureCode.VALUE_REJECTED)
                .hasConstraint(names.of("x"));
        assertThat(failed.failure().table()).contains(names.child);
    }

    private static ParentRow row(Names names, ParentRule rule, Object... key) {
        return rule.row(
                rule.key(key),
                rule.values()
                        .set(names.of("o"), "ann")
                        .set(names.of("w"), names.name)
                        .build());
    }

    private static ChildRow child(Names names, ChildRule rule, ParentRow parent) {
        return rule.row(
                parent,
                rule.values()
                        .set(names.of("i"), UUID.randomUUID())
                        .set(names.of("b"), names.name)
                        .build());
    }

    @Test
    void lastUpToTheLimitOfTheServer() {
        assertThat(names()).anyMatch(name -> name.getBytes(StandardCharsets.UTF_8).length == BYTES);
        assertThat(new Names("é".repeat(31) + "x").of("abc").getBytes(StandardCharsets.UTF_8).length)
                .isEqualTo(BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "a\0b"})
    void areRefusedWherePostgresHasNoSuchName(String name) {
        assertThatThrownBy(() -> new Identifier(name)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Tables under one name: others are that name, cut where it would grow too long, with a letter behind it. */
    private static final class Names {

        private final String name;
        private final TableName parent;
        private final TableName child;

        Names(String name) {
            this.name = name;
            this.parent = TableName.of(name, name);
            this.child = TableName.of(name, of("c"));
        }

        String of(String suffix) {
            String cut = name;
            while (cut.getBytes(StandardCharsets.UTF_8).length + suffix.length() > BYTES) {
                cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
            }
            return cut + suffix;
        }

        String quoted(String suffix) {
            return '"' + of(suffix).replace("\"", "\"\"") + '"';
        }

        /** With a type and a collation in a schema of their own, since a table's name is also that of a type. */
        String ddl() {
            String sql = """
                    CREATE SCHEMA <>;
                    CREATE SCHEMA <t>;
                    CREATE TYPE <t>.<> AS ENUM ('it''s "open"', 'closed');
                    CREATE COLLATION <t>.<z> (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                    CREATE TABLE <>.<> (
                        <> text COLLATE <t>.<z>, <2> int, <o> text, <w> text, <d> timestamptz, <v> int NOT NULL DEFAULT 0,
                        <s> <t>.<> DEFAULT 'it''s "open"', CONSTRAINT <k> PRIMARY KEY (<>, <2>));
                    CREATE TABLE <>.<c> (
                        <i> uuid PRIMARY KEY, <b> text CONSTRAINT <x> CHECK (<b> <> ''), <> text COLLATE <t>.<z>, <2> int,
                        CONSTRAINT <f> FOREIGN KEY (<>, <2>) REFERENCES <>.<>);""";
            String inequality = "\u0000";
            return Pattern.compile("<(\\w?)>")
                    .matcher(sql.replace("<b> <> ''", "<b> " + inequality + " ''"))
                    .replaceAll(match -> Matcher.quoteReplacement(quoted(match.group(1))))
                    .replace(inequality, "<>");
        }
    }
}
