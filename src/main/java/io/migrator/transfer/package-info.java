/** Copies of many objects from one bucket to another: inside the server, or through this process. Knows no backup. */
@NullMarked
package io.migrator.transfer;

import org.jspecify.annotations.NullMarked;
