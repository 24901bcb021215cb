/**
 * What keeps a backup from being deleted, and the one way to delete one: holds that users set, and the right that a
 * deletion must have. Uses {@code catalog}, {@code lease}, {@code store} and {@code format}; knows no Spring.
 */
@NullMarked
package io.migrator.retention.hold;

import org.jspecify.annotations.NullMarked;
