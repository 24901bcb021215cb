/** Google Cloud Storage by its own API ({@code gcpnative}). The only user of Google's client; knows no other driver. */
@NullMarked
package io.migrator.store.gcs;

import org.jspecify.annotations.NullMarked;
