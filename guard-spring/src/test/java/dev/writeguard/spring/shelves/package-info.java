/** One child of parents with ids of every kind, in every way in which it can be written. */
@NullMarked
package dev.writeguard.spring.shelves;

import org.jspecify.annotations.NullMarked;
