package dev.writeguard.ensure;

import dev.writeguard.rule.ParentRule;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends statements again while a delete keeps slipping in between them, at most {@value #LIMIT} times, and counts the
 * repetitions of one operation.
 */
final class Attempts {

    static final int LIMIT = 10;

    private int repeats;
    private boolean again;

    /** One try: empty asks for another. */
    @FunctionalInterface
    interface Attempt<T> {
        Optional<T> run() throws SQLException;
    }

    /**
     * @param parents those that the attempt is about, asked when it has been made in vain too often
     */
    <T> T until(ParentRule rule, Collection<PlannedParent> parents, Attempt<T> attempt) throws SQLException {
        return until(attempt, () -> exhausted(rule, parents));
    }

    /**
     * @param exhausted what to throw when the attempt has been made in vain too often
     */
    <T> T until(Attempt<T> attempt, Supplier<GuardException> exhausted) throws SQLException {
        for (int number = 0; number < LIMIT; number++) {
            again = number > 0;
            if (again) {
                repeats++;
            }
            Optional<T> result = attempt.run();
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw exhausted.get();
    }

    /** Whether the try under way is a repetition. */
    boolean again() {
        return again;
    }

    /** How often statements were sent again. */
    int repeats() {
        return repeats;
    }

    /** Where rows can be hidden or rewritten, that is the likelier reason. */
    static GuardException exhausted(ParentRule rule, Collection<PlannedParent> parents) {
        if (!parents.stream().allMatch(PlannedParent::storedAsGiven)) {
            return hidden(rule);
        }
        return PlannedParent.failure(
                rule,
                FailureCode.PARENT_NOT_LOCKABLE,
                "the row was gone again before it could be locked, " + LIMIT + " times in a row.");
    }

    static GuardException hidden(ParentRule rule) {
        return PlannedParent.failure(
                rule, FailureCode.PARENT_HIDDEN, "the row conflicts or was inserted, yet is not found under its key.");
    }
}
