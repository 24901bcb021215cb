/**
 * The job database and its folder: who may use it, what it holds, and the trust in it. The only place that opens H2;
 * what jobs keep in it they read by {@code batch}.
 */
@NullMarked
package io.migrator.launch.state;

import org.jspecify.annotations.NullMarked;
