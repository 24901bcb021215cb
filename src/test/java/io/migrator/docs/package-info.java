/** Holds the documents against the project: links that lead somewhere. */
@NullMarked
package io.migrator.docs;

import org.jspecify.annotations.NullMarked;
