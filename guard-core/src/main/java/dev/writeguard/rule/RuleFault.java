package dev.writeguard.rule;

import java.io.Serializable;

/**
 * One way in which a rule does not fit the database.
 *
 * @param fault what is wrong
 * @param cure what to do: DDL where DDL cures it, else a sentence
 * @since 0.1
 */
public record RuleFault(String fault, String cure) implements Serializable {}
