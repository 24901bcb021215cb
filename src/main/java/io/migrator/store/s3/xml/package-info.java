/** XML that S3 servers answer with, read without trust: no document types, nothing fetched. Knows nothing of requests. */
@NullMarked
package io.migrator.store.s3.xml;

import org.jspecify.annotations.NullMarked;
