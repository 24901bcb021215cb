@NullMarked
package io.migrator.config;

import org.jspecify.annotations.NullMarked;
