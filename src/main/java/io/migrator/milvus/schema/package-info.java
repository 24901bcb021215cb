/** Collections, fields and indexes as messages: read, compared, made anew for another release. Sends nothing. */
@NullMarked
package io.migrator.milvus.schema;

import org.jspecify.annotations.NullMarked;
