/**
 * Which job is meant, by which file or name, with which parameters, and where its databases lie. Reads the folder of
 * jobs and asks {@code launch} what a job takes; starts none.
 */
@NullMarked
package io.migrator.cli.job;

import org.jspecify.annotations.NullMarked;
