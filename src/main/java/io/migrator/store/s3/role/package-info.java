/**
 * Keys that a cloud lends to the machine or container this runs on ({@code useIAM}). Asks services of the machine or
 * the cloud, never the store itself.
 */
@NullMarked
package io.migrator.store.s3.role;

import org.jspecify.annotations.NullMarked;
