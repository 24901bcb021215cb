/** Which backups are to stay, decided from what is known of them alone: no store, no clock, no files. */
@NullMarked
package io.migrator.retention.rules;

import org.jspecify.annotations.NullMarked;
