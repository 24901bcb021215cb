/**
 * Which objects of which segments are copied: from the schemas and the list of sealed segments to rows of the plan.
 */
@NullMarked
package io.migrator.backup.plan;

import org.jspecify.annotations.NullMarked;
