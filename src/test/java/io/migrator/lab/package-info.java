/** Real servers for tests, started on free ports from binaries that are fetched or built once a machine. */
@NullMarked
package io.migrator.lab;

import org.jspecify.annotations.NullMarked;
