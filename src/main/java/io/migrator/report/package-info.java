/** What a run says: its progress while it runs, its result at the end. Knows nothing of who shows it. */
@NullMarked
package io.migrator.report;

import org.jspecify.annotations.NullMarked;
