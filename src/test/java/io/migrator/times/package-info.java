/** What each test class costs: seconds, processor time, processes started; and the table of it in docs/testing.md. */
@NullMarked
package io.migrator.times;

import org.jspecify.annotations.NullMarked;
