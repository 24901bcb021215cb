/** Parsers of what nobody vouches for, fed with damaged input: {@code ./mvnw -Pfuzz -Dfuzz.minutes=10} for the long form. */
@NullMarked
package io.migrator.fuzz;

import org.jspecify.annotations.NullMarked;
