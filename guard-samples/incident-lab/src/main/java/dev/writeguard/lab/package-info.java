/** The application around the incidents: its database, its start, its front page. */
@NullMarked
package dev.writeguard.lab;

import org.jspecify.annotations.NullMarked;
