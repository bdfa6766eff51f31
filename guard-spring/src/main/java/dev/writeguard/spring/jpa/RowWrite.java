package dev.writeguard.spring.jpa;

/** How a row is about to be written. */
enum RowWrite {
    INSERT,
    UPDATE,
    UPSERT
}
