package dev.writeguard.spring.alike;

import dev.writeguard.testkit.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All rows of all tables, those of the children left out. */
final class Tables {

    private static final String NAMES = """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname IN ('public', 'Other Schema') ORDER BY 1""";

    private final Database database;

    Tables(Database database) {
        this.database = database;
    }

    void empty() throws SQLException {
        database.execute("TRUNCATE " + String.join(", ", database.queryStrings(NAMES)));
    }

    /**
     * The rows of each table that has some, as JSON.
     *
     * @param different columns whose values differ between two rows that are alike; of them it is told whether they are set
     */
    Map<String, List<String>> rows(Set<String> different) throws SQLException {
        String columns = "array['" + String.join("', '", different) + "']";
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : database.queryStrings(NAMES)) {
            List<String> ofTable =
                    table.matches(".*_part\"?") ? List.of() : database.queryStrings("""
                    SELECT (SELECT jsonb_object_agg(key, CASE WHEN key = ANY (%s) AND value <> 'null' THEN '"set"' ELSE value END)
                        FROM jsonb_each(to_jsonb(t)))::text FROM %s t ORDER BY 1""".formatted(columns, table));
            if (!ofTable.isEmpty()) {
                rows.put(table, ofTable);
            }
        }
        return rows;
    }
}
