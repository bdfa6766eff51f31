package dev.writeguard.schema;

/**
 * The catalog queries: seven, whatever the number of tables. System schemas are left out; temporary tables are, too,
 * since they belong to one session.
 */
final class SchemaSql {

    /** The relations that the other queries speak of. */
    private static final String RELATIONS = """
            pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
             AND c.relkind IN ('r', 'p', 'f', 'v')""";

    static final String TABLES = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, i.inhparent,
                   pg_catalog.pg_table_is_visible(c.oid) AS visible,
                   c.relrowsecurity AND pg_catalog.row_security_active(c.oid) AS row_security,
                   c.relhasrules AND c.relkind <> 'v' AND EXISTS (
                       SELECT FROM pg_catalog.pg_rewrite r
                       WHERE r.ev_class = c.oid AND r.ev_type = '3') AS insert_rules,
                   c.relhasrules AND c.relkind <> 'v' AND EXISTS (
                       SELECT FROM pg_catalog.pg_rewrite r
                       WHERE r.ev_class = c.oid AND r.ev_type IN ('2', '3')) AS conflict_rules,
                   c.relkind = 'r' AND c.relhassubclass AND EXISTS (
                       SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid) AS inherited,
                   pg_catalog.has_any_column_privilege(c.oid, 'SELECT') AS may_select,
                   pg_catalog.has_any_column_privilege(c.oid, 'INSERT') AS may_insert,
                   pg_catalog.has_any_column_privilege(c.oid, 'UPDATE') AS may_update,
                   pg_catalog.has_table_privilege(c.oid, 'DELETE') AS may_delete
            FROM %s
            LEFT JOIN pg_catalog.pg_inherits i ON c.relispartition AND i.inhrelid = c.oid
            ORDER BY c.oid""".formatted(RELATIONS);

    /**
     * Each domain, however many others it stands on, with the type under all of them. Only the lowest can have a
     * modifier; each may refuse null.
     */
    private static final String DOMAINS = """
            WITH RECURSIVE level AS (
                SELECT t.oid AS domain, t.typbasetype AS base, t.typtypmod AS modifier, t.typnotnull AS required
                FROM pg_catalog.pg_type t WHERE t.typtype = 'd'
                UNION ALL
                SELECT l.domain, t.typbasetype, GREATEST(l.modifier, t.typtypmod), l.required OR t.typnotnull
                FROM level l JOIN pg_catalog.pg_type t ON t.oid = l.base AND t.typtype = 'd'),
            domains AS (
                SELECT l.* FROM level l JOIN pg_catalog.pg_type t ON t.oid = l.base AND t.typtype <> 'd')""";

    /** What each type that has a btree operator class of its own calls equal. */
    private static final String EQUALITIES = """
            equalities AS (
                SELECT oc.opcintype AS type, ap.amopopr AS operator
                FROM pg_catalog.pg_opclass oc
                JOIN pg_catalog.pg_am am ON am.oid = oc.opcmethod AND am.amname = 'btree'
                JOIN pg_catalog.pg_amop ap ON ap.amopfamily = oc.opcfamily AND ap.amopstrategy = 3
                 AND ap.amoplefttype = oc.opcintype AND ap.amoprighttype = oc.opcintype
                WHERE oc.opcdefault)""";

    /**
     * The unique indexes that do not call equal what their columns do. Deterministic collations all call the same strings
     * equal, and so do several of PostgreSQL's operator classes. A varchar is compared as text; other types without a class
     * of their own, such as arrays, as the index says. Most columns have their type's own class and need no second look.
     */
    private static final String STRANGE_INDEXES = """
            unusual AS MATERIALIZED (
                SELECT i.indexrelid, a.atttypid AS type, a.attcollation, k.indcollation, oc.opcintype, oc.opcfamily
                FROM pg_catalog.pg_index i
                CROSS JOIN LATERAL ROWS FROM (
                    pg_catalog.unnest(CAST(i.indkey AS pg_catalog.int2[])),
                    pg_catalog.unnest(CAST(i.indclass AS pg_catalog.oid[])),
                    pg_catalog.unnest(CAST(i.indcollation AS pg_catalog.oid[]))) AS k(attnum, opclass, indcollation)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                JOIN pg_catalog.pg_opclass oc ON oc.oid = k.opclass
                JOIN pg_catalog.pg_am am ON am.oid = oc.opcmethod AND am.amname = 'btree'
                WHERE i.indisunique
                  AND (NOT oc.opcdefault OR oc.opcintype <> a.atttypid OR k.indcollation <> a.attcollation)),
            strange AS (
                SELECT DISTINCT x.indexrelid
                FROM unusual x
                LEFT JOIN pg_catalog.pg_amop ap ON ap.amopfamily = x.opcfamily AND ap.amopstrategy = 3
                 AND ap.amoplefttype = x.opcintype AND ap.amoprighttype = x.opcintype
                LEFT JOIN equalities o ON o.type = x.opcintype
                LEFT JOIN domains d ON d.domain = x.type
                LEFT JOIN equalities e ON e.type = COALESCE(
                    NULLIF(COALESCE(d.base, x.type), CAST('pg_catalog.varchar' AS pg_catalog.regtype)),
                    CAST('pg_catalog.text' AS pg_catalog.regtype))
                WHERE ap.amopopr IS DISTINCT FROM COALESCE(e.operator, o.operator)
                   OR x.indcollation <> x.attcollation AND EXISTS (
                       SELECT FROM pg_catalog.pg_collation co
                       WHERE co.oid IN (x.indcollation, x.attcollation) AND NOT co.collisdeterministic))""";

    /**
     * The type is the one under the domains: a cast to a domain would cut to its length what the assignment refuses. A
     * default is that of the outermost domain, which took it over from the one below when it was created.
     */
    static final String COLUMNS = """
            %s,
            %s
            SELECT a.attrelid, a.attnum, a.attname, bn.nspname AS type_schema, b.typname,
                   CASE WHEN m.modifier >= 0 AND bn.nspname = 'pg_catalog' AND b.typname IN (
                             'numeric', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval',
                             '_numeric', '_timestamp', '_timestamptz', '_time', '_timetz', '_interval')
                        THEN pg_catalog.format_type(b.oid, m.modifier) END AS modified,
                   e.typtype IS NOT NULL AS array_of_domains,
                   a.attnotnull OR COALESCE(d.required, false) AS required,
                   COALESCE(pg_catalog.pg_get_expr(f.adbin, f.adrelid), t.typdefault) AS default_expression,
                   a.attidentity, a.attgenerated, cn.nspname AS collation_schema, co.collname,
                   co.collisdeterministic, b.typlen,
                   COALESCE(co.collisdeterministic, true)
                       AND (b.typtype = 'e' OR bn.nspname = 'pg_catalog' AND b.typname IN (
                           'int2', 'int4', 'int8', 'oid', 'bool', 'uuid', 'date', 'bytea', 'text', 'varchar', 'char'))
                       AS exact_equality,
                   en.nspname AS equality_schema, eo.oprname AS equality,
                   CASE WHEN b.typname IN ('varchar', 'bpchar', '_varchar', '_bpchar') AND bn.nspname = 'pg_catalog'
                        THEN m.modifier - 4 END AS maximum_length,
                   pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AS may_select,
                   pg_catalog.has_column_privilege(c.oid, a.attnum, 'INSERT') AS may_insert,
                   pg_catalog.has_column_privilege(c.oid, a.attnum, 'UPDATE') AS may_update
            FROM %s
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN domains d ON d.domain = a.atttypid
            CROSS JOIN LATERAL (SELECT COALESCE(d.modifier, a.atttypmod) AS modifier) m
            JOIN pg_catalog.pg_type b ON b.oid = COALESCE(d.base, a.atttypid)
            JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
            LEFT JOIN pg_catalog.pg_type e ON b.typcategory = 'A' AND e.oid = b.typelem AND e.typtype = 'd'
            LEFT JOIN (equalities q
                 JOIN pg_catalog.pg_operator eo ON eo.oid = q.operator
                 JOIN pg_catalog.pg_namespace en ON en.oid = eo.oprnamespace AND en.nspname <> 'pg_catalog')
              ON q.type = b.oid
            LEFT JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
            LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
            LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
            ORDER BY a.attrelid, a.attnum""".formatted(DOMAINS, EQUALITIES, RELATIONS);

    static final String INDEXES = """
            %s,
            %s,
            %s
            SELECT i.indrelid, ic.relname, con.conname, am.amname,
                   (CAST(i.indkey AS pg_catalog.int2[]))[0:i.indnkeyatts - 1] AS keys,
                   i.indisunique, i.indisprimary, i.indimmediate,
                   i.indisvalid AND i.indisready AND i.indislive AS valid,
                   i.indpred IS NOT NULL AS partial, i.indexprs IS NOT NULL AS expression, i.indisexclusion,
                   s.indexrelid IS NULL AS own_equality,
                   %s AS nulls_not_distinct, %s AS temporal
            FROM %s
            JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
            JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
            JOIN pg_catalog.pg_am am ON am.oid = ic.relam
            LEFT JOIN strange s ON s.indexrelid = i.indexrelid
            LEFT JOIN pg_catalog.pg_constraint con ON con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
            ORDER BY i.indrelid, NOT i.indisprimary, ic.relname""";

    static final String CONSTRAINTS = """
            SELECT con.oid, con.conrelid, con.contype, con.conname, con.conkey, con.confrelid, con.confkey,
                   ic.relname AS parent_key, con.confdeltype, con.confupdtype, con.condeferrable, con.condeferred,
                   con.convalidated, NULLIF(con.conparentid, 0) AS conparentid,
                   %s AND NOT (con.contype = 'f' AND EXISTS (
                       SELECT FROM pg_catalog.pg_trigger t
                       WHERE t.tgconstraint = con.oid AND t.tgenabled IN ('D', 'R'))) AS enforced,
                   %s AS period,
                   CASE WHEN con.contype <> 'f' THEN pg_catalog.pg_get_constraintdef(con.oid) END AS definition
            FROM %s
            JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.contype IN ('f', 'c', 'x')
            LEFT JOIN pg_catalog.pg_class ic ON ic.oid = con.conindid
            ORDER BY con.conrelid, con.conname""";

    /** Those of the user's own; PostgreSQL 14 calls the clones that partitions have of them internal. */
    static final String TRIGGERS = """
            SELECT t.tgrelid, t.tgname, (t.tgtype & 7) = 7 AS before_insert_row,
             (t.tgtype & 19) = 19 AS before_update_row, t.tgenabled
            FROM %s
            JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid
             AND (NOT t.tgisinternal OR t.tgparentid <> 0 AND t.tgconstraint = 0)
            ORDER BY t.tgrelid, t.tgname""".formatted(RELATIONS);

    static final String SEQUENCES = """
            SELECT n.nspname, c.relname, s.seqincrement, d.refobjid, d.refobjsubid
            FROM pg_catalog.pg_sequence s
            JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_'
            LEFT JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
             AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0
             AND d.deptype IN ('a', 'i')
            ORDER BY s.seqrelid""";

    static final String ENUMS = """
            SELECT n.nspname, t.typname, pg_catalog.array_agg(CAST(e.enumlabel AS text) ORDER BY e.enumsortorder)
            FROM pg_catalog.pg_enum e
            JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            GROUP BY n.nspname, t.typname""";

    private SchemaSql() {}

    static String indexes(int majorVersion) {
        return INDEXES.formatted(
                DOMAINS,
                EQUALITIES,
                STRANGE_INDEXES,
                majorVersion >= 15 ? "i.indnullsnotdistinct" : "false",
                majorVersion >= 18 ? "COALESCE(con.conperiod, false)" : "false",
                RELATIONS);
    }

    static String constraints(int majorVersion) {
        return CONSTRAINTS.formatted(
                majorVersion >= 18 ? "con.conenforced" : "true",
                majorVersion >= 18 ? "con.conperiod" : "false",
                RELATIONS);
    }
}
