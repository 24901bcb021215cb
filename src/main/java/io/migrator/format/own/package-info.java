/** migrator's own files in a vault: marker, lease, run record, list of objects, checksums of the manifests. */
@NullMarked
package io.migrator.format.own;

import org.jspecify.annotations.NullMarked;
