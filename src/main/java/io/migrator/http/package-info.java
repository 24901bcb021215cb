/** Requests over HTTP that end: each within a time, and with an answer of bounded size. */
@NullMarked
package io.migrator.http;

import org.jspecify.annotations.NullMarked;
