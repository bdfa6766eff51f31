package dev.writeguard.spring.jpa;

/**
 * What the door works with.
 *
 * @param executors through which Hibernate writes
 * @param database whose rules it enforces
 */
record DoorMeans(GuardMutationExecutors executors, DoorDatabase database) {}
