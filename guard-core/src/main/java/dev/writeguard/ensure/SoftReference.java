package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.sql.Sql;
import dev.writeguard.violation.FailureCode;
import java.util.ArrayList;
import java.util.List;

/**
 * A reference without an enforced foreign key can be kept at READ COMMITTED only. The statements carry that condition
 * themselves, and the message asks for it first, so that a refusal costs no round trip and is told from a missing row.
 */
final class SoftReference {

    private static final Sql READ_COMMITTED =
            Sql.of("pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')");

    private SoftReference() {}

    /** The start of a message about that parent: empty, or with the question. */
    static List<Action> startOf(ParentRule rule) {
        List<Action> actions = new ArrayList<>();
        if (rule.soft()) {
            actions.add(new Action.Read(Sql.of("SELECT %s", READ_COMMITTED), List.of(Boolean.class)));
        }
        return actions;
    }

    /** The condition for each statement that writes: none, or the one. */
    static List<Sql> condition(ParentRule rule) {
        return rule.soft() ? List.of(READ_COMMITTED) : List.of();
    }

    /** Refuses if the first answer says so; returns the others. */
    static List<Answer> checked(ParentRule rule, List<Answer> answers) {
        if (!rule.soft()) {
            return answers;
        }
        if (!answers.get(0).row().flag(0)) {
            throw PlannedParent.failure(
                    rule,
                    FailureCode.SOFT_REFERENCE_ISOLATION,
                    "children refer to it without a foreign key, and the transaction is above READ COMMITTED.");
        }
        return answers.subList(1, answers.size());
    }
}
