package io.migrator.restore;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.CollectionName;
import io.migrator.format.PartitionInfo;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.MilvusTarget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes over collections that are there already ({@code create=no}): notes what they held before anything comes in. */
final class ExistingCollections {
    private final MilvusTarget target;
    private final RestoreTables tables;

    ExistingCollections(MilvusTarget target, RestoreTables tables) {
        this.target = target;
        this.tables = tables;
    }

    void takeOver(Restored item) {
        CollectionName name = item.target();
        CollectionInfo existing = target.find(name.database(), name.collection())
                .orElseThrow(() -> MigratorException.unable(
                        Failure.NOT_FOUND,
                        "restore into",
                        name.toString(),
                        "there is no such collection any more",
                        "Create it, or leave create=no out."))
                .info();
        long source = item.source().collectionId();
        Optional<RestoreTables.Created> before = tables.find(source);
        if (before.isPresent()) {
            TargetCollections.requireSame(item, existing, before.get());
            return;
        }
        long newest = newestJob(name);
        // Milvus does not count rows that are in memory only, and they would come on top of those of the backup.
        target.flush(name.database(), name.collection());
        Set<String> there =
                existing.partitions().stream().map(PartitionInfo::name).collect(Collectors.toSet());
        Map<String, Long> rows = new LinkedHashMap<>();
        for (PartitionInfo partition : item.source().partitions()) {
            if (!there.contains(partition.name())) {
                target.createPartition(name.database(), name.collection(), partition.name());
            }
            rows.put(partition.name(), target.rows(name.database(), name.collection(), partition.name()));
        }
        tables.takeOver(source, name, existing.collectionId(), rows, newest);
    }

    /** CONFLICT where one is at work: it may be of a restore whose state was lost, and its rows are not counted yet. */
    private long newestJob(CollectionName name) {
        long newest = 0;
        for (ImportState job : target.imports(name.database(), name.collection(), id -> true)) {
            if (job.phase() == ImportState.Phase.RUNNING) {
                throw MigratorException.unable(
                        Failure.CONFLICT,
                        "restore into",
                        name.toString(),
                        "import job %d is at work there, and the rows it brings cannot be counted yet"
                                .formatted(job.jobId()),
                        "Run the same command again when that job has ended.");
            }
            newest = Math.max(newest, job.jobId());
        }
        return newest;
    }
}
