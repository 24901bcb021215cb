/** Checksums of contents, computed while they pass. */
@NullMarked
package io.migrator.format.checksum;

import org.jspecify.annotations.NullMarked;
