package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.Column;
import dev.writeguard.sql.Sql;
import dev.writeguard.sql.TypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that delete what this transaction has created for a write that was then refused:
 * docs/protocols/parent-and-child.md. Each deletes exactly that, or aborts the transaction.
 */
final class TakeBackSql {

    private TakeBackSql() {}

    /**
     * Deletes parents.
     *
     * @param unlessUsedBy the rule of the parents below: an ancestor that one of them refers to stays
     */
    static Action parents(ParentRule rule, Input keys, @Nullable ParentRule unlessUsedBy) {
        Sql condition = unlessUsedBy == null ? Sql.EMPTY : Sql.of(" AND %s", unused(rule, unlessUsedBy));
        Sql delete = Sql.of("""
                DELETE FROM %s p
                USING (%s) u
                WHERE %s%s
                RETURNING true""", rule.table().name(), keys.rows(), BulkSql.keyJoin(rule, keys), condition);
        Sql expected = unlessUsedBy == null
                ? count(keys.size())
                : Sql.of(
                        "(SELECT count(*) FROM %s p JOIN (%s) u ON %s%s)",
                        rule.table().name(), keys.rows(), BulkSql.keyJoin(rule, keys), condition);
        return exactly(delete, expected);
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

    private static Sql unused(ParentRule ancestor, ParentRule below) {
        List<Column> referring = Ancestors.columns(below, ancestor);
        List<Column> referred = ancestor.reference().columns();
        List<Sql> refers = new ArrayList<>();
        for (int i = 0; i < referred.size(); i++) {
            refers.add(Sql.of("b.%s = %s", referring.get(i).name(), ParentSql.qualified(referred.get(i))));
        }
        return Sql.of("NOT EXISTS (SELECT FROM %s b WHERE %s)", below.table().name(), Sql.join(" AND ", refers));
    }
}
