/** The files of the vault, pure: no I/O, no Spring, no client of a server. What all its rooms share stands here. */
@NullMarked
package io.migrator.format;

import org.jspecify.annotations.NullMarked;
