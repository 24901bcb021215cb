/** The job {@code backup}: its steps, and the tables that its reruns read. Started by {@code launch} alone. */
@NullMarked
package io.migrator.backup;

import org.jspecify.annotations.NullMarked;
