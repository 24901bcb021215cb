@NullMarked
package io.migrator.store.s3;

import org.jspecify.annotations.NullMarked;
