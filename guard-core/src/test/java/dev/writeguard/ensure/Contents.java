package dev.writeguard.ensure;

import dev.writeguard.testkit.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every committed row of every table, so that a test sees whether anything at all was written. */
final class Contents {

    private static final String TABLES = """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema')""";

    private Contents() {}

    /** The rows by table, each as the server writes it. */
    static Map<String, List<@Nullable String>> of(Database database) throws SQLException {
        Map<String, List<@Nullable String>> rows = new TreeMap<>();
        for (String table : database.queryStrings(TABLES)) {
            rows.put(table, database.queryStrings("SELECT CAST(t AS text) FROM " + table + " t ORDER BY 1"));
        }
        return rows;
    }
}
