/** Where what lies in a vault: the only place that builds object keys. Pure: it reads no listing itself. */
@NullMarked
package io.migrator.format.layout;

import org.jspecify.annotations.NullMarked;
