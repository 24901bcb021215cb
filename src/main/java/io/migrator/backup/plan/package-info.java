/**
 * Which objects of which segments are copied: from the schemas and the list of sealed segments to rows of the plan.
 * Asks Milvus and lists its bucket; writes to the job database alone.
 */
@NullMarked
package io.migrator.backup.plan;

import org.jspecify.annotations.NullMarked;
