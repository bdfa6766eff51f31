package dev.writeguard.spring.actuate;

import dev.writeguard.spring.rule.RuleFaults;
import java.util.List;

/**
 * One database.
 *
 * @param mode of rules without an exception
 * @param rules in force
 * @param faulty rules that are not in force, and why
 * @param unruled foreign keys without a rule
 * @since 0.1
 */
public record GuardedDatabaseDescription(
        String mode, List<RuleDescription> rules, List<RuleFaults> faulty, List<UnruledForeignKey> unruled) {}
