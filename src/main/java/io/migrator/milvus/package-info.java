@NullMarked
package io.migrator.milvus;

import org.jspecify.annotations.NullMarked;
