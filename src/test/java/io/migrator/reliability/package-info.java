/** Proof by trouble: kills, faults and dice on a whole migration, counted in {@code docs/reliability.md}. */
@NullMarked
package io.migrator.reliability;

import org.jspecify.annotations.NullMarked;
