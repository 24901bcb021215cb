/**
 * The pool's units that no backup names any more: found, and deleted. Why that can race with everything else is in
 * docs/design.md, "The pool". Uses {@code lease}, {@code store} and {@code format}; knows no Spring.
 */
@NullMarked
package io.migrator.retention.sweep;

import org.jspecify.annotations.NullMarked;
