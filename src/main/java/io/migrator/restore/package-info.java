/**
 * The job {@code restore}: its steps, and the tables that its reruns read. Imports go out once, rows are proven after. Started by
 * {@code launch} alone.
 */
@NullMarked
package io.migrator.restore;

import org.jspecify.annotations.NullMarked;
