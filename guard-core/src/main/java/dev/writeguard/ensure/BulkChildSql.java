package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.Column;
import dev.writeguard.schema.UniqueKey;
import dev.writeguard.sql.Sql;
import dev.writeguard.sql.SqlPart;
import dev.writeguard.sql.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The statements about many children: docs/protocols/bulk.md. The parents' key columns that children refer to are
 * {@code f1}, {@code f2}, … in them.
 */
final class BulkChildSql {

    private final ChildRule rule;
    private final Input children;
    private final Input parents;
    private final boolean orFail;

    /**
     * @param children the children's own values, each row with the position of its parent
     * @param parents at least the keys of the parents
     * @param orFail whether a missing parent aborts the transaction, which is the message's own, with the parents that
     *     it has created
     */
    BulkChildSql(ChildRule rule, Input children, Input parents, boolean orFail) {
        this.rule = rule;
        this.children = children;
        this.parents = parents;
        this.orFail = orFail;
    }

    /**
     * Locks the parents in key order and inserts the children, all or none: none if a parent is missing. For children
     * that may be sent twice the answer is the positions inserted, else their number.
     */
    Action insert() {
        return rule.once().map(this::insertOnce).orElseGet(() -> new Action.Write(Sql.of("""
                WITH %s
                %s
                ORDER BY u.i""", source(), insertInto())));
    }

    private Action insertOnce(UniqueKey once) {
        Sql key = Sql.list(onceColumns(once, true));
        return new Action.Returning(
                Sql.of(
                        """
                        WITH %s,
                        stored AS (
                        %s
                        ORDER BY %s, u.i
                        ON CONFLICT (%s) DO NOTHING
                        RETURNING %s)
                        SELECT DISTINCT ON (%s) u.i
                        FROM source u JOIN stored c ON %s
                        ORDER BY %s, u.i""",
                        source(),
                        insertInto(),
                        key,
                        ParentSql.names(once.columns()),
                        ParentSql.names(once.columns()),
                        key,
                        onceJoin(once),
                        key),
                List.of(Long.class));
    }

    /**
     * The children that are stored already: their positions, and whether under the parent given, which need not be
     * there.
     */
    Action look(UniqueKey once) {
        List<Sql> sameParent = new ArrayList<>();
        for (int i = 0; i < rule.columns().size(); i++) {
            Sql equal = Equality.equal(
                    rule.parent().reference().columns().get(i),
                    stored(rule.columns().get(i)),
                    Sql.of("u.%s", reference(i)));
            sameParent.add(Sql.of("COALESCE(%s, false)", equal));
        }
        return new Action.Read(
                Sql.of(
                        """
                        SELECT u.i, %s
                        FROM (
                        SELECT u.*, %s
                        FROM (%s) u LEFT JOIN (
                        %s) l ON l.i = u.parent) u
                        JOIN %s c ON %s""",
                        Sql.join(" AND ", sameParent),
                        Sql.list(references()),
                        children.rows(),
                        referredParents(),
                        rule.table().name(),
                        onceJoin(once)),
                List.of(Long.class, Boolean.class));
    }

    /** What children refer to. By the key that is given this is known also of a parent that is gone. */
    private Sql referredParents() {
        ParentRule parent = rule.parent();
        if (!ChildSql.refersByKey(parent)) {
            return Sql.of(
                    "SELECT %s\nFROM (%s) u JOIN %s p ON %s",
                    Sql.list(parentColumns()), parents.rows(), parent.table().name(), BulkSql.keyJoin(parent, parents));
        }
        List<SqlPart> columns = new ArrayList<>(List.of(Sql.of("u.i")));
        List<Column> keys = parent.reference().columns();
        for (int i = 0; i < keys.size(); i++) {
            columns.add(Sql.of("u.%s AS %s", parents.name(keys.get(i)), reference(i)));
        }
        return Sql.of("SELECT %s\nFROM (%s) u", Sql.list(columns), parents.rows());
    }

    /** Takes back children that this transaction inserted before one of them turned up elsewhere. */
    Action takeBack(UniqueKey once, int rows) {
        Sql delete = Sql.of("""
                DELETE FROM %s c
                USING (
                WITH %s
                SELECT * FROM source) u
                WHERE %s
                RETURNING true""", rule.table().name(), source(), onceJoin(once));
        return TakeBackSql.exactly(delete, TakeBackSql.count(rows));
    }

    private Sql source() {
        Sql complete = Sql.of("(SELECT count(*) FROM l) = %s", Sql.value(TypeName.builtIn("int8"), parents.size()));
        return Sql.of(
                """
                l AS MATERIALIZED (
                %s),
                source AS (
                SELECT u.*, %s
                FROM (%s) u JOIN l ON l.i = u.parent
                WHERE %s%s)""",
                BulkSql.lockOf(rule.parent(), parents, parentColumns(), ParentSql.lockStrength(rule.parent())),
                Sql.list(references()),
                children.rows(),
                orFail ? SqlAssertion.holds(orUnasked(complete)) : complete,
                Sql.and(" AND ", SoftReference.condition(rule.parent())));
    }

    /** Above READ COMMITTED no parent of a soft reference was created, and the message says so by itself. */
    private Sql orUnasked(Sql complete) {
        List<Sql> readCommitted = SoftReference.condition(rule.parent());
        return readCommitted.isEmpty() ? complete : Sql.of("%s OR NOT %s", complete, readCommitted.get(0));
    }

    /** A parent's position and the columns that children refer to. */
    private List<SqlPart> parentColumns() {
        List<SqlPart> columns = new ArrayList<>(List.of(Sql.of("u.i")));
        List<Column> keys = rule.parent().reference().columns();
        for (int i = 0; i < keys.size(); i++) {
            columns.add(Sql.of("%s AS %s", ParentSql.qualified(keys.get(i)), reference(i)));
        }
        return columns;
    }

    private List<Sql> references() {
        return IntStream.range(0, rule.columns().size())
                .mapToObj(i -> Sql.of("l.%s", reference(i)))
                .toList();
    }

    private Sql insertInto() {
        List<Column> columns = new ArrayList<>(children.columns());
        columns.addAll(rule.columns());
        List<SqlPart> values = new ArrayList<>(children.of(children.columns()));
        for (int i = 0; i < rule.columns().size(); i++) {
            values.add(Sql.of("u.%s", reference(i)));
        }
        return Sql.of("""
                INSERT INTO %s (%s)
                SELECT %s
                FROM source u""", rule.table().name(), ParentSql.names(columns), Sql.list(values));
    }

    private Sql onceJoin(UniqueKey once) {
        List<Sql> sources = onceColumns(once, false);
        List<Sql> equal = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Column column = once.columns().get(i);
            int referring = rule.columns().indexOf(column);
            Column compared =
                    referring < 0 ? column : rule.parent().reference().columns().get(referring);
            equal.add(Equality.equal(compared, stored(column), sources.get(i)));
        }
        return Sql.join(" AND ", equal);
    }

    /** The columns of the once key: the child's own, or its parent's. */
    private List<Sql> onceColumns(UniqueKey once, boolean sorted) {
        List<Sql> sources = new ArrayList<>();
        for (Column column : once.columns()) {
            int referring = rule.columns().indexOf(column);
            sources.add(Sql.of(
                    "u.%s%s",
                    referring < 0 ? children.name(column) : reference(referring),
                    sorted ? Input.collation(column) : Sql.EMPTY));
        }
        return sources;
    }

    private static Sql stored(Column column) {
        return Sql.of("c.%s", column.name());
    }

    private static Sql reference(int position) {
        return Sql.of("f" + (position + 1));
    }
}
