package dev.writeguard.lab.frame;

/**
 * A number on the card.
 *
 * @param bad whether it should not be what it is
 */
public record Figure(String label, long value, boolean bad) {}
