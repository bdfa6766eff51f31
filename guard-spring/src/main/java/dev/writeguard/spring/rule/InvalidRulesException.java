package dev.writeguard.spring.rule;

import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Declared rules that do not fit their database, all of them ({@link FailureCode#RULE_INVALID}).
 *
 * @since 0.1
 */
public final class InvalidRulesException extends GuardException {

    private static final long serialVersionUID = 1L;

    private final RuleFaults[] rules;

    /**
     * @param rules at least one
     */
    public InvalidRulesException(List<RuleFaults> rules) {
        super(new FailureReport(
                FailureCode.RULE_INVALID, "use declared rules", listed(rules), null, null, null, false));
        this.rules = rules.toArray(RuleFaults[]::new);
    }

    /** What is wrong with each of the rules. */
    public List<RuleFaults> rules() {
        return List.of(rules);
    }

    private static String listed(List<RuleFaults> rules) {
        return rules.stream()
                .map(rule -> rule.rule() + ": "
                        + rule.faults().stream()
                                .map(fault -> fault.fault() + " → " + fault.cure())
                                .collect(Collectors.joining("; ")))
                .collect(Collectors.joining(". ", "", "."));
    }
}
