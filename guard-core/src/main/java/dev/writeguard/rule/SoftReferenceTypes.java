package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.Table;
import dev.writeguard.sql.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the columns of a soft reference take every value of the parent's key as it is. A foreign key would find the
 * difference; without one the child would refer to another key than its parent's.
 */
final class SoftReferenceTypes {

    /** Built-in types that hold the values of another, unless they have a modifier or a length. */
    private static final Map<String, Set<String>> WIDER = Map.of(
            "int2", Set.of("int4", "int8", "numeric"),
            "int4", Set.of("int8", "numeric"),
            "int8", Set.of("numeric"),
            "float4", Set.of("float8"),
            "varchar", Set.of("text"),
            "text", Set.of("varchar"),
            "bpchar", Set.of("text", "varchar"));

    private static final Pattern MODIFIER = Pattern.compile("[a-z]+\\(([0-9]+)(?:,(-?[0-9]+))?\\).*");

    private SoftReferenceTypes() {}

    /** Adds a fault for each column that may store another value than the one it is given. */
    static void refuseOthers(Table child, List<Column> referring, ParentRule parent, Faults faults) {
        List<Column> reference = parent.reference().columns();
        for (int i = 0; i < referring.size(); i++) {
            Column column = referring.get(i);
            Column key = reference.get(i);
            if (!holds(column, key)) {
                faults.add(
                        "\"" + column + "\" is " + described(column) + ": it cannot hold every value of "
                                + described(key) + " unchanged, as does \"" + key + "\" of " + parent.table(),
                        "ALTER TABLE " + child.name().text() + " ALTER COLUMN "
                                + column.name().text() + " TYPE " + declared(column, key));
            }
        }
    }

    private static boolean holds(Column column, Column key) {
        return sameEquality(column, key)
                && (sameType(column, key)
                        ? isAsWide(column, key)
                        : isWider(column.type(), key.type()) && isFree(column));
    }

    /** Deterministic collations all call the same strings equal. */
    private static boolean sameEquality(Column column, Column key) {
        Column.Collation ofColumn = column.collation();
        Column.Collation ofKey = key.collation();
        return ofColumn == null
                || ofKey == null
                || ofColumn.equals(ofKey)
                || ofColumn.deterministic() && ofKey.deterministic();
    }

    private static boolean sameType(Column column, Column key) {
        return column.type().schema().equals(key.type().schema())
                && column.type().name().equals(key.type().name());
    }

    private static boolean isWider(TypeName type, TypeName key) {
        String name = key.name().name();
        return key.is(name) && WIDER.getOrDefault(name, Set.of()).stream().anyMatch(type::is);
    }

    private static boolean isFree(Column column) {
        return column.type().modified() == null && column.maximumLength() < 0;
    }

    private static boolean isAsWide(Column column, Column key) {
        if (isFree(column)) {
            return true;
        }
        if (column.maximumLength() > 0) {
            return key.maximumLength() > 0 && column.maximumLength() >= key.maximumLength();
        }
        String modified = Objects.requireNonNull(column.type().modified());
        String ofKey = key.type().modified();
        return modified.equals(ofKey) || ofKey != null && isFiner(MODIFIER.matcher(modified), MODIFIER.matcher(ofKey));
    }

    /** At least as many digits on either side of the point; a time has only those behind it. */
    private static boolean isFiner(Matcher column, Matcher key) {
        if (!column.matches() || !key.matches()) {
            return false;
        }
        int digits = Integer.parseInt(column.group(1)) - Integer.parseInt(key.group(1));
        if (column.group(2) == null || key.group(2) == null) {
            return digits >= 0;
        }
        int scale = Integer.parseInt(column.group(2)) - Integer.parseInt(key.group(2));
        return scale >= 0 && digits >= scale;
    }

    private static String described(Column column) {
        Column.Collation collation = column.collation();
        return column.type()
                + length(column)
                + (collation == null || collation.deterministic() ? "" : " COLLATE " + collation.name());
    }

    /** As the parent's key is declared; a cast where PostgreSQL would not convert what is stored by itself. */
    private static String declared(Column column, Column key) {
        String type = key.type().text();
        Column.Collation collation = key.collation();
        return type
                + length(key)
                + (collation == null
                        ? ""
                        : " COLLATE " + collation.schema().text() + "."
                                + collation.name().text())
                + (sameType(column, key) ? "" : " USING CAST(" + column.name().text() + " AS " + type + ")");
    }

    private static String length(Column column) {
        return column.maximumLength() > 0 ? "(" + column.maximumLength() + ")" : "";
    }
}
