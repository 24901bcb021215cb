/** Which job is meant, by which file or name, with which parameters, and where its databases lie. */
@NullMarked
package io.migrator.cli.job;

import org.jspecify.annotations.NullMarked;
