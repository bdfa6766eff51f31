package dev.writeguard.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Set;

/**
 * A null that goes out with the type that the driver gives to other values of its column. A statement that has both is
 * then prepared once, where a null without a type would have it prepared anew after each value, and a value after each
 * null.
 *
 * @param type the column's type
 * @since 0.1
 */
public record TypedNull(TypeName type) {

    /** Types whose values have a Java type of their own. Values of any other are mostly sent as text. */
    private static final Set<String> NOT_TEXT = Set.of(
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "bool",
            "bytea",
            "uuid",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz");

    void bind(PreparedStatement statement, int position) throws SQLException {
        String name = type.name().name();
        if (type.is(name) && NOT_TEXT.contains(name)) {
            statement.setNull(position, Types.OTHER, name);
        } else {
            statement.setNull(position, Types.VARCHAR);
        }
    }
}
