package dev.writeguard.rule;

import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule that does not fit the database, with all its faults ({@link FailureCode#RULE_INVALID}).
 *
 * @since 0.1
 */
public final class InvalidRuleException extends GuardException {

    private static final long serialVersionUID = 1L;

    private final RuleFault[] faults;

    InvalidRuleException(TableName table, List<RuleFault> faults) {
        super(FailureReport.of(FailureCode.RULE_INVALID, "compile the rule for", table, listed(faults)));
        this.faults = faults.toArray(RuleFault[]::new);
    }

    /** Everything that is wrong, each with its cure. */
    public List<RuleFault> faults() {
        return List.of(faults);
    }

    private static String listed(List<RuleFault> faults) {
        return faults.stream()
                .map(fault -> fault.fault() + " → " + fault.cure())
                .collect(Collectors.joining("; ", "", "."));
    }
}
