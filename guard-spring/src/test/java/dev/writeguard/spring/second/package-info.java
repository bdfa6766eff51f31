/** A guarded repository that works with another EntityManagerFactory than the primary one. */
@NullMarked
package dev.writeguard.spring.second;

import org.jspecify.annotations.NullMarked;
