/**
 * Tests that hold the pages under {@code docs} and in the root to what the code does. A comment in front of a code block of a
 * page ties the two together:
 *
 * <ul>
 *   <li>{@code <!-- snippet: Class#region -->}: the block is that region of that source file, which runs;
 *   <li>{@code <!-- statement: Class#test -->}: the test sends these statements;
 *   <li>{@code <!-- message: Class#test -->}: the test meets this message.
 * </ul>
 */
@NullMarked
package dev.writeguard.docs;

import org.jspecify.annotations.NullMarked;
