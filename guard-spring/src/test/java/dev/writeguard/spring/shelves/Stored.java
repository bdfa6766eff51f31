package dev.writeguard.spring.shelves;

/**
 * A parent that is there, or was.
 *
 * @param id of its row
 * @param read an instance that a context has read which is gone
 */
record Stored(Object id, Shelf read) {}
