/** Checksums of contents, computed while they pass. Pure: opens nothing, and knows no file of a vault. */
@NullMarked
package io.migrator.format.checksum;

import org.jspecify.annotations.NullMarked;
