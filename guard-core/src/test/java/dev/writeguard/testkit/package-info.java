/**
 * The fixture of Guard's own tests: a real PostgreSQL, a database per test class, sessions that are stepped one by one,
 * a gate inside a pipelined message, and a proxy that counts round trips, delays them, or loses an answer.
 */
@NullMarked
package dev.writeguard.testkit;

import org.jspecify.annotations.NullMarked;
