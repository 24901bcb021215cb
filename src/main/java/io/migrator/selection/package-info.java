/**
 * Which collections a user means: names, patterns and databases. Pure: whether there are such collections is for
 * others.
 */
@NullMarked
package io.migrator.selection;

import org.jspecify.annotations.NullMarked;
