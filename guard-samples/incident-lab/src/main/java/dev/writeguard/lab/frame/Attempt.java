package dev.writeguard.lab.frame;

import java.util.List;

/**
 * One worker's write.
 *
 * @param nanos from call to answer
 */
public record Attempt(Answer answer, long nanos, List<Step> steps) {

    public Attempt {
        steps = List.copyOf(steps);
    }

    static Attempt of(Runnable write) {
        Trace trace = Trace.start();
        long start = System.nanoTime();
        Answer answer = answerTo(write);
        return new Attempt(answer, System.nanoTime() - start, trace.stop());
    }

    private static Answer answerTo(Runnable write) {
        try {
            write.run();
            return Answer.OK;
        } catch (RuntimeException failure) {
            return Answer.of(failure);
        }
    }
}
