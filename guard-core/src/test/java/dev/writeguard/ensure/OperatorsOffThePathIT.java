package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Elsewhere;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.ensure.EnsureOutcome.Refused;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** citext where extensions are kept in a schema that the search path does not show: its {@code =} is that of text there. */
@Schema("""
        CREATE SCHEMA "Ext 1?";
        CREATE EXTENSION citext SCHEMA "Ext 1?";
        CREATE DOMAIN address AS "Ext 1?".citext;
        CREATE TABLE mails (
            id "Ext 1?".citext PRIMARY KEY, owner "Ext 1?".citext, reply_to address UNIQUE, alias address, version int);
        CREATE TABLE lines (
            id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail "Ext 1?".citext NOT NULL REFERENCES mails,
            nonce "Ext 1?".citext UNIQUE, no address, UNIQUE (mail, no));
        CREATE TABLE loose (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, reply_to address, no int UNIQUE);
        """)
class OperatorsOffThePathIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE mails, lines, loose");
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
    }

    /** Or there would be nothing to prove. */
    @Test
    void isNotWhatASessionFinds(Database database) throws SQLException {
        String equal = "SELECT count(*) WHERE 'Ann'::\"Ext 1?\".citext = 'ann'::\"Ext 1?\".citext";
        assertThat(database.queryLong(equal)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "reply_to"})
    void findsAParentByItsKey(String column) {
        ParentRule mails = ParentRule.on(guard.graph(), "mails").key(column).build();
        assertThat(ensure.ensure(mail(mails, "Ann", null))).isInstanceOf(Created.class);
        assertThat(ensure.ensure(mail(mails, "ann", null))).isInstanceOf(Existing.class);
        assertThat(ensure.ensureAll(
                        mails, List.of(mail(mails, "ANN", null), mail(mails, "Bob", null), mail(mails, "bob", null))))
                .extracting(EnsureOutcome::name)
                .containsExactly("existing", "created", "existing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "alias"})
    void comparesWhatMustMatch(String column) {
        ParentRule mails =
                ParentRule.on(guard.graph(), "mails").match("owner", "alias").build();
        ensure.ensureAll(mails, List.of(mail(mails, "a", column, "Ann"), mail(mails, "none", column, null)));
        ParentRow alike = mail(mails, "a", column, "ANN");
        ParentRow other = mail(mails, "a", column, "Bob");
        ParentRow missing = mail(mails, "a", column, null);
        ParentRow none = mail(mails, "none", column, null);
        ParentRow given = mail(mails, "none", column, "Ann");
        assertThat(ensure.ensure(alike)).isInstanceOf(Existing.class);
        assertThat(ensure.ensure(none)).isInstanceOf(Existing.class);
        for (ParentRow refused : List.of(other, missing, given)) {
            assertThat(ensure.ensure(refused)).isInstanceOf(Refused.class);
        }
        assertThat(ensure.ensureAll(mails, List.of(alike, other, missing, none, given)))
                .extracting(EnsureOutcome::name)
                .containsExactly("existing", "refused", "refused", "existing", "refused");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void touchesAParentThatMatches(boolean bulk, Database database) throws SQLException {
        ParentRule mails = ParentRule.on(guard.graph(), "mails")
                .match("owner")
                .touchVersion("version")
                .build();
        ParentRow first = mail(mails, "a", "owner", "Ann");
        ParentRow again = mail(mails, "A", "owner", "ann");
        if (bulk) {
            ensure.ensureAll(mails, List.of(first, again));
            ensure.ensureAll(mails, List.of(again, mail(mails, "b", "owner", "x")));
        } else {
            ensure.ensure(first);
            ensure.ensure(again);
        }
        assertThat(database.queryLong("SELECT version FROM mails WHERE owner::text = 'Ann'"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recognisesAChildThatIsSentTwice(boolean autocommit) throws SQLException {
        ParentRule mails = ParentRule.on(guard.graph(), "mails").build();
        connection.setAutoCommit(autocommit);
        ChildRule byNonce =
                ChildRule.on(guard.graph(), "lines", mails).onceBy("nonce").build();
        assertThat(ensure.insert(byNonce, line(byNonce, "a", "X", null))).isInstanceOf(Inserted.class);
        assertThat(ensure.insert(byNonce, line(byNonce, "A", "x", null))).isInstanceOf(Duplicate.class);
        assertThat(ensure.insert(byNonce, line(byNonce, "b", "x", null))).isInstanceOf(Elsewhere.class);
        assertThat(ensure.insertAll(byNonce, List.of(line(byNonce, "A", "x", null), line(byNonce, "a", "y", null))))
                .hasExactlyElementsOfTypes(Duplicate.class, Inserted.class);
        assertThat(ensure.insertAll(byNonce, List.of(line(byNonce, "b", "X", null))))
                .hasExactlyElementsOfTypes(Elsewhere.class);
        ChildRule byParent =
                ChildRule.on(guard.graph(), "lines", mails).onceBy("mail", "no").build();
        assertThat(ensure.insert(byParent, line(byParent, "a", "n1", "One"))).isInstanceOf(Inserted.class);
        assertThat(ensure.insert(byParent, line(byParent, "A", "n2", "one"))).isInstanceOf(Duplicate.class);
        assertThat(ensure.insertAll(
                        byParent, List.of(line(byParent, "A", "n3", "ONE"), line(byParent, "a", "n4", "2"))))
                .hasExactlyElementsOfTypes(Duplicate.class, Inserted.class);
    }

    /** The reference is read from the parent's row, which the key finds. */
    @Test
    void comparesAReferenceThatIsNotTheKey() {
        ParentRule mails = ParentRule.on(guard.graph(), "mails")
                .referencedBy("reply_to")
                .soft()
                .build();
        ChildRule loose = ChildRule.on(guard.graph(), "loose", mails)
                .columns("reply_to")
                .onceBy("no")
                .build();
        ParentRow ann = mail(mails, "a", "reply_to", "Ann");
        ParentRow same = mail(mails, "A", "reply_to", "ann");
        ChildRow first = loose.row(ann, loose.values().set("no", 1).build());
        ChildRow again = loose.row(same, loose.values().set("no", 1).build());
        ChildRow next = loose.row(same, loose.values().set("no", 2).build());
        assertThat(ensure.insert(loose, first)).isInstanceOf(Inserted.class);
        assertThat(ensure.insert(loose, again)).isInstanceOf(Duplicate.class);
        assertThat(ensure.insertAll(loose, List.of(again, next)))
                .hasExactlyElementsOfTypes(Duplicate.class, Inserted.class);
    }

    /** To JDBC a question mark is a parameter. */
    @Test
    void takesAnOperatorOfAnyName(Database database) throws SQLException {
        database.execute("CREATE TYPE \"Ext 1?\".pair AS (a int, b int);");
        for (String operator : List.of("<", "<=", "?=", ">=", ">")) {
            database.execute("""
                    CREATE FUNCTION "Ext 1?"."pair %1$s"("Ext 1?".pair, "Ext 1?".pair) RETURNS bool IMMUTABLE STRICT
                        RETURN ($1).a %2$s ($2).a;
                    CREATE OPERATOR "Ext 1?".%1$s (
                        LEFTARG = "Ext 1?".pair, RIGHTARG = "Ext 1?".pair, FUNCTION = "Ext 1?"."pair %1$s")
                    """.formatted(operator, operator.replace("?", "")));
        }
        database.execute("""
                CREATE FUNCTION "Ext 1?".pair_order("Ext 1?".pair, "Ext 1?".pair) RETURNS int IMMUTABLE STRICT
                    RETURN pg_catalog.btint4cmp(($1).a, ($2).a);
                CREATE OPERATOR CLASS "Ext 1?".pair_ops DEFAULT FOR TYPE "Ext 1?".pair USING btree AS
                    OPERATOR 1 "Ext 1?".<, OPERATOR 2 "Ext 1?".<=, OPERATOR 3 "Ext 1?".?=, OPERATOR 4 "Ext 1?".>=,
                    OPERATOR 5 "Ext 1?".>, FUNCTION 1 "Ext 1?".pair_order("Ext 1?".pair, "Ext 1?".pair);
                CREATE TABLE pairs (id "Ext 1?".pair PRIMARY KEY)""");
        guard.refresh(connection);
        ParentRule pairs = ParentRule.on(guard.graph(), "pairs").build();
        assertThat(ensure.ensure(pairs.row(pairs.key("(1,1)")))).isInstanceOf(Created.class);
        assertThat(ensure.ensure(pairs.row(pairs.key("(1,2)")))).isInstanceOf(Existing.class);
        assertThat(ensure.ensureAll(pairs, List.of(pairs.row(pairs.key("(1,3)")), pairs.row(pairs.key("(2,1)")))))
                .hasExactlyElementsOfTypes(Existing.class, Created.class);
    }

    private static ParentRow mail(ParentRule mails, String key, @Nullable String owner) {
        var values = mails.values().set("owner", owner);
        if (!mails.key().columns().get(0).name().name().equals("id")) {
            values.set("id", key);
        }
        return mails.row(mails.key(key), values.build());
    }

    private static ParentRow mail(ParentRule mails, String key, String column, @Nullable String value) {
        return mails.row(
                mails.key(key),
                mails.values()
                        .set("owner", null)
                        .set("alias", null)
                        .set(column, value)
                        .build());
    }

    private static ChildRow line(ChildRule lines, String mail, String nonce, @Nullable String no) {
        return lines.row(
                lines.parent().key(mail),
                lines.values().set("nonce", nonce).set("no", no).build());
    }
}
