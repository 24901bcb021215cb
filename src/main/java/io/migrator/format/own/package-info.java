/**
 * migrator's own files in a vault: marker, lease, run record, list of objects, checksums of the manifests. Only their
 * texts: who may write them and when is said in {@code lease} and {@code vault}.
 */
@NullMarked
package io.migrator.format.own;

import org.jspecify.annotations.NullMarked;
