package dev.writeguard.spring.repository;

/** A refusal on its way out of the transaction, to be thrown there. */
record Refused(RuntimeException failure) {}
