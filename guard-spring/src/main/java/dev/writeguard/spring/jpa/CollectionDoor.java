package dev.writeguard.spring.jpa;

/** What the rows of a collection refer to: those of a join table, or those of its elements. */
sealed interface CollectionDoor extends ChildDoor permits ElementsDoor, OwnerDoor {}
