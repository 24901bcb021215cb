package io.migrator.milvus.imports;

import io.migrator.milvus.ImportOrder;
import io.migrator.milvus.ImportState;
import java.util.List;
import java.util.function.LongPredicate;

/** The import calls of a server, in the form that its version has. The contract is that of {@link io.migrator.milvus.MilvusTarget}. */
public interface ImportCalls {
    long submit(ImportOrder order);

    ImportState state(String database, long jobId);

    List<ImportState> all(String database, String collection, LongPredicate wanted);
}
