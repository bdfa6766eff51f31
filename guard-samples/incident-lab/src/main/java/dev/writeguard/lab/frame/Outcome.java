package dev.writeguard.lab.frame;

/** How a worker fared. */
public enum Outcome {
    OK,
    /** Turned away on purpose, and nothing was written. */
    REFUSED,
    FAILED
}
