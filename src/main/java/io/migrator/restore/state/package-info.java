/**
 * What reruns read: the collections a restore made or filled, by their ids, and what was wished for them. Decides what
 * may be forgotten.
 */
@NullMarked
package io.migrator.restore.state;

import org.jspecify.annotations.NullMarked;
