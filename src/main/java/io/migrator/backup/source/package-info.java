/**
 * What is asked of Milvus before anything is planned: flush, the pause of its garbage collection, whether it is the
 * same source. Knows no bucket but the one whose root path it proves.
 */
@NullMarked
package io.migrator.backup.source;

import org.jspecify.annotations.NullMarked;
