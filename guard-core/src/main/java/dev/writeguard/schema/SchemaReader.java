package dev.writeguard.schema;

import dev.writeguard.schema.Table.Privilege;
import dev.writeguard.schema.Table.TableIdentity;
import dev.writeguard.sql.Identifier;
import dev.writeguard.sql.OperatorName;
import dev.writeguard.sql.TableName;
import dev.writeguard.sql.TypeName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the catalog and puts the graph together. */
final class SchemaReader {

    private final Map<Long, TableIdentity> identities = new LinkedHashMap<>();
    private final Map<Long, Map<Integer, Column>> columns = new HashMap<>();
    private final Map<Long, List<UniqueKey>> uniqueKeys = new HashMap<>();
    private final Map<Long, List<Index>> indexes = new HashMap<>();
    private final Map<Long, List<Check>> checks = new HashMap<>();
    private final Map<Long, List<Trigger>> triggers = new HashMap<>();
    private final List<ForeignKeyRow> foreignKeyRows = new ArrayList<>();
    private final List<Sequence> sequences = new ArrayList<>();
    private final Map<TypeName, List<String>> enums = new HashMap<>();

    private SchemaReader() {}

    static SchemaGraph read(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            return new SchemaReader().readAll(connection);
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            SchemaGraph graph = new SchemaReader().readAll(connection);
            end(connection);
            return graph;
        } catch (SQLException | RuntimeException | Error failure) {
            try {
                end(connection);
            } catch (SQLException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    private static void end(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    private SchemaGraph readAll(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        forEach(connection, SchemaSql.TABLES, this::readTable);
        forEach(connection, SchemaSql.COLUMNS, this::readColumn);
        forEach(connection, SchemaSql.indexes(version), this::readIndex);
        forEach(connection, SchemaSql.constraints(version), this::readConstraint);
        forEach(connection, SchemaSql.TRIGGERS, this::readTrigger);
        forEach(connection, SchemaSql.SEQUENCES, this::readSequence);
        forEach(
                connection,
                SchemaSql.ENUMS,
                row -> enums.put(
                        new TypeName(new Identifier(row.getString(1)), new Identifier(row.getString(2)), null, false),
                        List.of((String[]) row.getArray(3).getArray())));
        return assemble(version);
    }

    private SchemaGraph assemble(int version) {
        spreadInsertTriggersOfPartitions();
        Map<Long, Table> tables = new LinkedHashMap<>();
        identities.forEach((oid, identity) -> tables.put(
                oid,
                new Table(
                        identity,
                        List.copyOf(columns.getOrDefault(oid, Map.of()).values()),
                        uniqueKeys.getOrDefault(oid, List.of()),
                        indexes.getOrDefault(oid, List.of()),
                        checks.getOrDefault(oid, List.of()),
                        triggers.getOrDefault(oid, List.of()))));
        List<ForeignKey> foreignKeys = new ArrayList<>();
        for (ForeignKeyRow row : foreignKeyRows) {
            Table child = tables.get(row.child());
            Table parent = tables.get(row.parent());
            if (child != null && parent != null) {
                foreignKeys.add(row.resolve(
                        child,
                        columnsOf(row.child(), row.childKey()),
                        parent,
                        columnsOf(row.parent(), row.parentKey())));
            }
        }
        return new SchemaGraph(version, List.copyOf(tables.values()), foreignKeys, sequences, enums);
    }

    /** An INSERT into a partitioned table fires the row triggers of the partition that it lands in. */
    private void spreadInsertTriggersOfPartitions() {
        for (TableIdentity partition : identities.values()) {
            List<Trigger> own = triggers.getOrDefault(partition.oid(), List.of());
            Long above = partition.partitionOf();
            while (above != null && identities.get(above) != null) {
                triggers.computeIfAbsent(above, oid -> new ArrayList<>())
                        .addAll(own.stream().filter(Trigger::rewrites).toList());
                above = identities.get(above).partitionOf();
            }
        }
    }

    private void readTable(ResultSet row) throws SQLException {
        Table.Kind kind = switch (row.getString("relkind")) {
            case "p" -> Table.Kind.PARTITIONED;
            case "f" -> Table.Kind.FOREIGN;
            case "v" -> Table.Kind.VIEW;
            default -> Table.Kind.ORDINARY;
        };
        long oid = row.getLong("oid");
        identities.put(
                oid,
                new TableIdentity(
                        oid,
                        TableName.of(row.getString("nspname"), row.getString("relname")),
                        kind,
                        row.getObject("inhparent", Long.class),
                        row.getBoolean("visible"),
                        row.getBoolean("row_security"),
                        row.getBoolean("insert_rules"),
                        row.getBoolean("conflict_rules"),
                        row.getBoolean("inherited"),
                        Set.copyOf(privileges(row, EnumSet.allOf(Privilege.class)))));
    }

    private static Set<Privilege> privileges(ResultSet row, Set<Privilege> asked) throws SQLException {
        Set<Privilege> granted = EnumSet.noneOf(Privilege.class);
        for (Privilege privilege : asked) {
            if (row.getBoolean("may_" + privilege.name().toLowerCase(Locale.ROOT))) {
                granted.add(privilege);
            }
        }
        return granted;
    }

    private void readColumn(ResultSet row) throws SQLException {
        String collation = row.getString("collname");
        String equality = row.getString("equality");
        int maximumLength = row.getInt("maximum_length");
        Column column = new Column(
                new Identifier(row.getString("attname")),
                row.getInt("attnum"),
                new TypeName(
                        new Identifier(row.getString("type_schema")),
                        new Identifier(row.getString("typname")),
                        row.getString("modified"),
                        row.getBoolean("array_of_domains")),
                row.getBoolean("required"),
                row.getString("default_expression"),
                origin(row.getString("attidentity"), row.getString("attgenerated")),
                collation == null
                        ? null
                        : new Column.Collation(
                                new Identifier(row.getString("collation_schema")),
                                new Identifier(collation),
                                row.getBoolean("collisdeterministic")),
                row.getInt("typlen"),
                row.getBoolean("exact_equality"),
                equality == null ? null : new OperatorName(new Identifier(row.getString("equality_schema")), equality),
                maximumLength > 0 ? maximumLength : -1,
                privileges(row, EnumSet.of(Privilege.SELECT, Privilege.INSERT, Privilege.UPDATE)));
        columns.computeIfAbsent(row.getLong("attrelid"), oid -> new LinkedHashMap<>())
                .put(column.number(), column);
    }

    private static Column.Origin origin(String identity, String generated) {
        if (!generated.isEmpty()) {
            return Column.Origin.COMPUTED;
        }
        return switch (identity) {
            case "a" -> Column.Origin.IDENTITY_ALWAYS;
            case "d" -> Column.Origin.IDENTITY;
            default -> Column.Origin.WRITER;
        };
    }

    private void readIndex(ResultSet row) throws SQLException {
        long table = row.getLong("indrelid");
        String constraint = row.getString("conname");
        Index index = new Index(
                new Identifier(row.getString("relname")),
                columnsOf(table, row.getArray("keys")),
                row.getString("amname"),
                row.getBoolean("indisunique"),
                row.getBoolean("partial"),
                row.getBoolean("expression"),
                row.getBoolean("valid"),
                row.getBoolean("indisexclusion"),
                row.getBoolean("own_equality"));
        indexes.computeIfAbsent(table, oid -> new ArrayList<>()).add(index);
        if (index.unique() && index.valid() && !index.partial() && !index.expression() && index.ownEquality()) {
            uniqueKeys
                    .computeIfAbsent(table, oid -> new ArrayList<>())
                    .add(new UniqueKey(
                            constraint == null ? index.name() : new Identifier(constraint),
                            index.columns(),
                            row.getBoolean("indisprimary"),
                            !row.getBoolean("indimmediate") && !row.getBoolean("temporal"),
                            row.getBoolean("temporal"),
                            row.getBoolean("nulls_not_distinct")));
        }
    }

    private void readConstraint(ResultSet row) throws SQLException {
        long table = row.getLong("conrelid");
        Identifier name = new Identifier(row.getString("conname"));
        String type = row.getString("contype");
        if (type.equals("f")) {
            foreignKeyRows.add(ForeignKeyRow.of(row));
        } else {
            checks.computeIfAbsent(table, oid -> new ArrayList<>())
                    .add(new Check(
                            name,
                            type.equals("x") ? Check.Kind.EXCLUDE : Check.Kind.CHECK,
                            columnsOf(table, row.getArray("conkey")),
                            row.getString("definition"),
                            row.getBoolean("condeferrable"),
                            row.getBoolean("convalidated"),
                            row.getBoolean("enforced")));
        }
    }

    private void readTrigger(ResultSet row) throws SQLException {
        triggers.computeIfAbsent(row.getLong("tgrelid"), oid -> new ArrayList<>())
                .add(new Trigger(
                        new Identifier(row.getString("tgname")),
                        row.getBoolean("before_insert_row"),
                        row.getBoolean("before_update_row"),
                        row.getString("tgenabled").charAt(0)));
    }

    private void readSequence(ResultSet row) throws SQLException {
        TableIdentity owner = identities.get(row.getLong("refobjid"));
        sequences.add(new Sequence(
                TableName.of(row.getString("nspname"), row.getString("relname")),
                row.getLong("seqincrement"),
                owner == null ? null : owner.name(),
                owner == null
                        ? null
                        : columns.getOrDefault(owner.oid(), Map.of()).get(row.getInt("refobjsubid"))));
    }

    private List<Column> columnsOf(long table, @Nullable Array numbers) throws SQLException {
        return numbers == null ? List.of() : columnsOf(table, (Short[]) numbers.getArray());
    }

    /** The columns of those numbers; 0, which stands for an expression, has none. */
    private List<Column> columnsOf(long table, Short[] numbers) {
        List<Column> found = new ArrayList<>(numbers.length);
        for (Short number : numbers) {
            Column column = columns.getOrDefault(table, Map.of()).get(number.intValue());
            if (column != null) {
                found.add(column);
            }
        }
        return found;
    }

    private static void forEach(Connection connection, String sql, RowConsumer consumer) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // A default fetch size of the connection would cost a round trip for each so many rows.
            statement.setFetchSize(0);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    consumer.accept(rows);
                }
            }
        }
    }

    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }
}
