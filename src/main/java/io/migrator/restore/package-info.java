/**
 * The job {@code restore}: how its steps are put together, with their tables. Imports go out once, rows are proven
 * after. Started by {@code launch} alone.
 */
@NullMarked
package io.migrator.restore;

import org.jspecify.annotations.NullMarked;
