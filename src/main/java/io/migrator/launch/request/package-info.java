/**
 * What a run is asked for: job, parameters, and the identity that follows from them. The one place where a parameter
 * is declared and its value refused; asks no server and opens no file.
 */
@NullMarked
package io.migrator.launch.request;

import org.jspecify.annotations.NullMarked;
