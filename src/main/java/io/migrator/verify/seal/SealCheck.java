package io.migrator.verify.seal;

import io.migrator.batch.WorkerPool;
import io.migrator.catalog.FileCheck;
import io.migrator.catalog.Finding;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectStore;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether the files that describe a backup are those that were sealed. Reads each, and understands none: what it takes is a
 * digest. A backup without a seal, such as milvus-backup's, has nothing to be held against.
 */
public final class SealCheck {
    private static final int READS_AT_ONCE = 16;

    private final VaultLayout layout;
    private final List<Finding> found = Collections.synchronizedList(new ArrayList<>());
    private final DescribingFiles files;

    /** Looks which files there are, and reads the seal. */
    public SealCheck(ObjectStore vault, VaultLayout layout, SealTerms terms) {
        this.layout = layout;
        this.files = new DescribingFiles(vault, layout, terms, found::add);
    }

    /**
     * Who made the seal.
     *
     * @param held the name that the backup's meta holds; one that lies elsewhere may be there in place of another
     */
    public SealOrigin origin(String held) {
        return files.origin(held);
    }

    /** The files that describe the backup as a whole, and the seal itself: a damaged one is a finding. */
    public FileCheck ofBackup() {
        if (files.lacksSeal()) {
            files.reads().missing(0, layout.seal());
        }
        compare(Collections.emptyMap(), key -> !files.isSchema(key));
        return taken();
    }

    /** The schemas of these collections. */
    public FileCheck ofSchemas(Set<Long> collections) {
        Map<String, Long> schemas =
                collections.stream().collect(Collectors.toMap(layout::rawSchema, Function.identity()));
        compare(schemas, schemas::containsKey);
        return taken();
    }

    /** A content to be believed, of a file that may have been replaced since it was looked at; see {@link SealedContent}. */
    public InputStream open(String key) {
        return files.open(key);
    }

    private void compare(Map<String, Long> collections, Predicate<String> wanted) {
        List<String> keys = files.reads().sealedKeys().stream().filter(wanted).toList();
        try (WorkerPool pool = new WorkerPool("seal", READS_AT_ONCE)) {
            pool.map(keys, key -> {
                long collection = collections.getOrDefault(key, 0L);
                if (files.has(key)) {
                    files.reads().compare(collection, key);
                } else {
                    files.reads().missing(collection, key);
                }
                return key;
            });
        }
    }

    private FileCheck taken() {
        List<Finding> sorted =
                found.stream().sorted(Comparator.comparing(Finding::key)).toList();
        found.clear();
        return FileCheck.NOTHING.only(sorted);
    }
}
