/**
 * One log of a backup, read to its last byte and judged. Knows the plan that names it and the store, and neither what becomes of
 * a finding nor who else reads.
 */
@NullMarked
package io.migrator.verify.log;

import org.jspecify.annotations.NullMarked;
