/** The whole migration on real servers, with the built jar: {@code ./mvnw -Pdemo}. */
@NullMarked
package io.migrator.demo;

import org.jspecify.annotations.NullMarked;
