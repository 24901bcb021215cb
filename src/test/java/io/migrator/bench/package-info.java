/** What backup and restore cost on real servers: {@code ./mvnw -Pbench}. */
@NullMarked
package io.migrator.bench;

import org.jspecify.annotations.NullMarked;
