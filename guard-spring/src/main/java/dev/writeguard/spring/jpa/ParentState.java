package dev.writeguard.spring.jpa;

import java.util.List;

/**
 * The states in which a parent accepts children.
 *
 * @param column the column of its state
 * @param allowed as the database prints them
 */
record ParentState(String column, List<String> allowed) {}
