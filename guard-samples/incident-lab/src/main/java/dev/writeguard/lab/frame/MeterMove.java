package dev.writeguard.lab.frame;

/** By how much a meter went up. */
public record MeterMove(String meter, String tags, long by) {}
