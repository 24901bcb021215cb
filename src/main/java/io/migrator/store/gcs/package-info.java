/** Google Cloud Storage by its own API ({@code gcpnative}). */
@NullMarked
package io.migrator.store.gcs;

import org.jspecify.annotations.NullMarked;
