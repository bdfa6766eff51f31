package dev.writeguard.lab.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.lab.frame.Step.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HalfReportTests {

    private static final Answer FAILED = Answer.of(new IllegalStateException(new SQLException("no", "23503")));

    @Test
    void takesPercentilesFromTheAttempts() {
        HalfReport report = report(IntStream.rangeClosed(1, 20)
                .mapToObj(i -> attempt(Answer.OK, i))
                .toList());

        assertThat(report.latency(50)).isEqualTo("10.0 ms");
        assertThat(report.latency(95)).isEqualTo("19.0 ms");
    }

    @Test
    void takesPercentilesFromASingleAttempt() {
        HalfReport report = report(List.of(attempt(Answer.OK, 3)));

        assertThat(report.latency(50)).isEqualTo("3.0 ms");
        assertThat(report.latency(95)).isEqualTo("3.0 ms");
    }

    @Test
    void leavesOutDecimalsThatTellNothing() {
        HalfReport report = report(List.of(attempt(Answer.OK, 99), attempt(Answer.OK, 1234)));

        assertThat(report.latency(50)).isEqualTo("99.0 ms");
        assertThat(report.latency(95)).isEqualTo("1234 ms");
    }

    @Test
    void countsFailuresAsErrorsButNotRefusals() {
        Answer refused = new Answer(Outcome.REFUSED, "GuardException", null, null);
        HalfReport report =
                report(List.of(attempt(Answer.OK, 1), attempt(refused, 1), attempt(FAILED, 1), attempt(Answer.OK, 1)));

        assertThat(report.errorRate()).isEqualTo(25);
    }

    @Test
    void putsWorkersTogetherThatDidTheSame() {
        HalfReport report = report(Stream.of(Answer.OK, FAILED, Answer.OK, Answer.OK)
                .map(answer -> attempt(answer, 1))
                .toList());

        assertThat(report.groups()).extracting(AttemptGroup::workers).containsExactly(1, 3);
        assertThat(report.groups().get(0).answer().text()).isEqualTo("IllegalStateException, 23503");
    }

    private static Attempt attempt(Answer answer, int millis) {
        return new Attempt(answer, millis * 1_000_000L, List.of(new Step(Kind.BEGIN, "", "", false)));
    }

    private static HalfReport report(List<Attempt> attempts) {
        return new HalfReport(true, "", List.of(), List.of(), attempts);
    }
}
