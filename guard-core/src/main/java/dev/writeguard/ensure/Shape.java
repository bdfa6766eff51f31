package dev.writeguard.ensure;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a message about one parent, or one child and its parent, depends on.
 *
 * @param columns the parent's that are given
 * @param converted those of its key that are read back, since only the server knows what is stored
 * @param child null where the parent is ensured by itself
 * @param inserts whether the message inserts the parent
 * @param touches whether it touches the parent
 * @param again whether it is sent again, because the parent was gone
 */
record Shape(
        ParentRule rule,
        List<Column> columns,
        List<Column> converted,
        @Nullable ChildRule child,
        List<Column> childColumns,
        boolean inserts,
        boolean touches,
        boolean again) {

    static Shape of(PlannedParent parent, boolean inserts, boolean touches, boolean again) {
        List<Column> converted = KeyReading.convertedByServer(parent);
        return new Shape(parent.rule(), parent.columns(), converted, null, List.of(), inserts, touches, again);
    }

    static Shape of(PlannedChild child, PlannedParent parent, boolean inserts, boolean again) {
        boolean touches = parent.rule().touch().isPresent();
        return new Shape(
                parent.rule(), parent.columns(), List.of(), child.rule(), child.columns(), inserts, touches, again);
    }
}
