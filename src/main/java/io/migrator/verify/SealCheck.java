package io.migrator.verify;

import io.migrator.batch.WorkerPool;
import io.migrator.catalog.Finding;
import io.migrator.format.VaultLayout;
import io.migrator.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the files that describe a backup are those that were sealed. Reads each, and understands none: what it takes is a
 * digest. A backup without a seal, such as milvus-backup's, has nothing to be held against.
 */
final class SealCheck {
    private static final int READS_AT_ONCE = 16;

    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Consumer<Finding> found;

    /** @param found may be called by several threads at once */
    SealCheck(ObjectStore vault, VaultLayout layout, Consumer<Finding> found) {
        this.vault = vault;
        this.layout = layout;
        this.found = found;
    }

    /** @param ids the collections whose schemas are looked at */
    void run(Set<Long> ids) {
        DescribingFiles files = new DescribingFiles(vault, layout, found);
        SealedReads reads = files.reads();
        if (files.lacksSeal()) {
            reads.missing(0, layout.seal());
        }
        Map<String, Long> schemas = ids.stream().collect(Collectors.toMap(layout::rawSchema, Function.identity()));
        List<String> keys = reads.sealedKeys().stream()
                .filter(key -> !files.isSchema(key) || schemas.containsKey(key))
                .toList();
        try (WorkerPool pool = new WorkerPool("seal", READS_AT_ONCE)) {
            pool.map(keys, key -> {
                long collection = schemas.getOrDefault(key, 0L);
                if (files.has(key)) {
                    reads.read(collection, key, in -> true);
                } else {
                    reads.missing(collection, key);
                }
                return key;
            });
        }
    }
}
