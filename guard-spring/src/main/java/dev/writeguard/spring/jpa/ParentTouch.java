package dev.writeguard.spring.jpa;

import dev.writeguard.rule.ParentRuleBuilder;
import java.util.List;

/**
 * The attributes of a parent that TOUCH writes.
 *
 * @param values get the value of the parent that a child was given
 * @param valueColumns their columns
 * @param times get the time of the transaction
 * @param timeColumns the column of each
 * @param versionColumn is raised by one; empty if it is not
 */
record ParentTouch(
        List<String> values,
        List<String> valueColumns,
        List<String> times,
        List<String> timeColumns,
        String versionColumn) {

    /** KEEP. */
    static final ParentTouch NONE = new ParentTouch(List.of(), List.of(), List.of(), List.of(), "");

    ParentTouch {
        values = List.copyOf(values);
        valueColumns = List.copyOf(valueColumns);
        times = List.copyOf(times);
        timeColumns = List.copyOf(timeColumns);
    }

    boolean raisesVersion() {
        return !versionColumn.isEmpty();
    }

    void declare(ParentRuleBuilder rule) {
        rule.touch(valueColumns.toArray(String[]::new)).touchClock(timeColumns.toArray(String[]::new));
        if (raisesVersion()) {
            rule.touchVersion(versionColumn);
        }
    }
}
