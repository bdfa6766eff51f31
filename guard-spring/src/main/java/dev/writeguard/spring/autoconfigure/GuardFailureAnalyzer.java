package dev.writeguard.spring.autoconfigure;

import dev.writeguard.rule.InvalidRuleException;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.spring.rule.RuleFaults;
import dev.writeguard.violation.GuardException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says of a failed start what is wrong with the rules or the database, and what to do. */
final class GuardFailureAnalyzer extends AbstractFailureAnalyzer<GuardException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, GuardException cause) {
        if (cause instanceof InvalidRulesException invalid) {
            return analysis(invalid.rules(), cause);
        }
        if (cause instanceof InvalidRuleException invalid) {
            String table = invalid.table().map(Object::toString).orElse("?");
            return analysis(List.of(new RuleFaults("rule for " + table, invalid.faults())), cause);
        }
        String action = cause.resolution().stream().map(step -> "- " + step).collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                described(cause), action + "\n- guard.exclude=<bean name> makes Guard leave a database alone.", cause);
    }

    private static String described(GuardException failure) {
        String reason = failure.getCause() == null ? "" : "\nCaused by: " + failure.getCause();
        return "Guard cannot " + failure.report().what() + ": "
                + failure.report().why() + " (" + failure.code().code() + ")" + reason;
    }

    private static FailureAnalysis analysis(List<RuleFaults> rules, GuardException cause) {
        String faults = rules.stream().map(GuardFailureAnalyzer::listed).collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "Guard's rules do not fit the database (" + cause.code().code() + "):\n\n" + faults,
                "Correct the rules or the schema; each fault above is followed by its cure."
                        + "\nWith guard.startup-check=warn the application starts, and the rules above are refused"
                        + " where they are used; those of entities are not in force.",
                cause);
    }

    private static String listed(RuleFaults rule) {
        return rule.faults().stream()
                .map(GuardFailureAnalyzer::listed)
                .collect(Collectors.joining("", rule.rule() + "\n", ""));
    }

    private static String listed(RuleFault fault) {
        return "    - " + fault.fault() + "\n      " + fault.cure() + "\n";
    }
}
