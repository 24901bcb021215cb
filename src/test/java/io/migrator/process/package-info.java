/** The built jar as a user runs it: processes, real servers, kills. */
@NullMarked
package io.migrator.process;

import org.jspecify.annotations.NullMarked;
