@NullMarked
package io.migrator.report;

import org.jspecify.annotations.NullMarked;
