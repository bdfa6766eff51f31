package dev.writeguard.spring.rule;

import dev.writeguard.rule.RuleFault;
import java.io.Serializable;
import java.util.List;

/**
 * What is wrong with one rule.
 *
 * @param rule which rule, for a sentence: {@code "parent rule 'conversations'"}
 * @param faults each with its cure
 * @since 0.1
 */
public record RuleFaults(String rule, List<RuleFault> faults) implements Serializable {

    public RuleFaults {
        faults = List.copyOf(faults);
    }

    /** A rule with a single fault. */
    public static RuleFaults of(String rule, String fault, String cure) {
        return new RuleFaults(rule, List.of(new RuleFault(fault, cure)));
    }
}
