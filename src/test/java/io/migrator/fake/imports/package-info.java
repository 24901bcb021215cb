/** How the double imports: tasks of Milvus 2.2 and 2.3, jobs of 2.4 on, with the checks and messages of each. */
@NullMarked
package io.migrator.fake.imports;

import org.jspecify.annotations.NullMarked;
