/**
 * Which backups are to stay, decided from what is known of them alone. Touches no store, no clock and no files, and knows no
 * other room but {@code failure}.
 */
@NullMarked
package io.migrator.retention.rules;

import org.jspecify.annotations.NullMarked;
