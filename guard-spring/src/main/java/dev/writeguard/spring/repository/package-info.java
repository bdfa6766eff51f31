/** The repository door: Spring Data repositories with {@link dev.writeguard.annotation.Guarded}. */
@NullMarked
package dev.writeguard.spring.repository;

import org.jspecify.annotations.NullMarked;
