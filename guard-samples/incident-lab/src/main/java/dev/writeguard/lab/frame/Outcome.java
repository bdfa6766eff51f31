package dev.writeguard.lab.frame;

import java.util.List;

/** How a worker fared. */
public enum Outcome {
    OK,
    /** Turned away on purpose, and nothing was written. */
    REFUSED,
    FAILED;

    /** How many fared so. */
    public long among(List<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.answer().outcome() == this)
                .count();
    }
}
