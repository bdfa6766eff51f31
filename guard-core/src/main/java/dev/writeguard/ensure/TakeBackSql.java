package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.Column;
import dev.writeguard.schema.ForeignKey;
import dev.writeguard.sql.Sql;
import dev.writeguard.sql.TypeName;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that delete what this transaction has created for a write that was then refused:
 * docs/protocols/parent-and-child.md. Each deletes exactly that, or aborts the transaction.
 */
final class TakeBackSql {

    private TakeBackSql() {}

    /** Deletes parents. */
    static Action parents(ParentRule rule, Input keys) {
        return exactly(delete(rule, keys, Sql.EMPTY), count(keys.size()));
    }

    /** Deletes those parents that no foreign key refers to. */
    static Action unusedParents(ParentRule rule, Input keys) {
        Sql unused = Sql.and(
                " AND ", rule.dependents().stream().map(TakeBackSql::unused).toList());
        Sql expected = Sql.of(
                "(SELECT count(*) FROM %s p JOIN (%s) u ON %s%s)",
                rule.table().name(), keys.rows(), BulkSql.keyJoin(rule, keys), unused);
        return exactly(delete(rule, keys, unused), expected);
    }

    private static Sql delete(ParentRule rule, Input keys, Sql condition) {
        return Sql.of("""
                DELETE FROM %s p
                USING (%s) u
                WHERE %s%s
                RETURNING true""", rule.table().name(), keys.rows(), BulkSql.keyJoin(rule, keys), condition);
    }

    /**
     * Runs the DELETE, and fails if it did not delete so many rows: they are stored under another key, or a trigger
     * kept them.
     */
    static Action exactly(Sql delete, Sql expected) {
        return new Action.Returning(
                Sql.of("""
                        WITH gone AS (
                        %s)
                        SELECT %s""", delete, SqlAssertion.holds(Sql.of("(SELECT count(*) FROM gone) = %s", expected))),
                List.of(Boolean.class));
    }

    static Sql count(int rows) {
        return Sql.value(TypeName.builtIn("int8"), rows);
    }

    private static Sql unused(ForeignKey dependent) {
        List<Sql> refers = new ArrayList<>();
        for (int i = 0; i < dependent.childColumns().size(); i++) {
            Column referred = dependent.parentColumns().get(i);
            refers.add(Equality.equal(
                    referred, Sql.of("b.%s", dependent.childColumns().get(i).name()), ParentSql.qualified(referred)));
        }
        return Sql.of(
                "NOT EXISTS (SELECT FROM %s b WHERE %s)", dependent.child().name(), Sql.join(" AND ", refers));
    }
}
