package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.Table;
import dev.writeguard.schema.Table.Privilege;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that the statements of a rule read and write whatever the values are: the role needs a privilege on each.
 */
final class NeededPrivileges {

    private final Table table;
    private final Set<Column> read = new LinkedHashSet<>();
    private final Set<Column> inserted = new LinkedHashSet<>();
    private final Set<Column> updated = new LinkedHashSet<>();

    /** An INSERT must name the columns in need, unless a trigger may fill them. */
    NeededPrivileges(Table table) {
        this.table = table;
        if (!table.rewritesInserts()) {
            inserted.addAll(table.columnsInNeed());
        }
    }

    NeededPrivileges read(List<Column> columns) {
        read.addAll(columns);
        return this;
    }

    NeededPrivileges insert(List<Column> columns) {
        inserted.addAll(columns);
        return this;
    }

    /** Its values are part of the INSERT, too; its version and its times are read. */
    NeededPrivileges touch(Touch touch) {
        inserted.addAll(touch.values());
        updated.addAll(touch.values());
        updated.addAll(touch.clocks());
        read.addAll(touch.clocks());
        Column version = touch.version();
        if (version != null) {
            updated.add(version);
            read.add(version);
        }
        return this;
    }

    /** A lock asks for UPDATE on any one column. */
    void requireForParent(Faults faults) {
        faults.requirePrivilege(table, Privilege.SELECT, read);
        faults.requirePrivilege(table, Privilege.INSERT, inserted);
        faults.requirePrivilege(table, Privilege.UPDATE, updated);
    }

    void requireForChild(Faults faults) {
        faults.requirePrivilege(table, Privilege.INSERT, inserted);
        if (!read.isEmpty()) {
            faults.requirePrivilege(table, Privilege.SELECT, read);
        }
    }
}
