package io.migrator.milvus;

import java.util.List;
import java.util.function.LongPredicate;

/** The import calls of a server, in the form that its version has. The contract is that of {@link MilvusTarget}. */
interface ImportCalls {
    long submit(ImportOrder order);

    ImportState state(String database, long jobId);

    List<ImportState> all(String database, String collection, LongPredicate wanted);
}
