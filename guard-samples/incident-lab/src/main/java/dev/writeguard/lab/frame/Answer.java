package dev.writeguard.lab.frame;

import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a worker got back from its write.
 *
 * @param exception the class of what was thrown
 * @param code Guard's code
 * @param sqlState the five characters that the server sent
 */
public record Answer(
        Outcome outcome,
        @Nullable String exception,
        @Nullable FailureCode code,
        @Nullable String sqlState) {

    private static final Set<FailureCode> REFUSALS =
            EnumSet.of(FailureCode.PARENT_MISMATCH, FailureCode.PARENT_STATE, FailureCode.CHILD_ELSEWHERE);

    static final Answer OK = new Answer(Outcome.OK, null, null, null);

    static Answer of(Throwable failure) {
        FailureCode code = causes(failure)
                .filter(GuardFailure.class::isInstance)
                .map(cause -> ((GuardFailure) cause).code())
                .findFirst()
                .orElse(null);
        String sqlState = causes(failure)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .findFirst()
                .orElse(null);
        Outcome outcome = code != null && REFUSALS.contains(code) ? Outcome.REFUSED : Outcome.FAILED;
        return new Answer(outcome, failure.getClass().getSimpleName(), code, sqlState);
    }

    /** For example: DuplicateKeyException, 23505. */
    public String text() {
        return outcome == Outcome.OK
                ? "ok"
                : Stream.of(exception, code == null ? null : code.code(), sqlState)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
