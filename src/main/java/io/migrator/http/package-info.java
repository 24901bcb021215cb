/**
 * Requests over HTTP that end: each within a time, and with an answer of bounded size. Over OkHttp, and knows no other
 * package; what an answer means is for those who ask.
 */
@NullMarked
package io.migrator.http;

import org.jspecify.annotations.NullMarked;
