package io.migrator.restore.preflight;

import io.migrator.catalog.FileCheck;
import io.migrator.catalog.Finding;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.restore.state.Restored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a check concerns the partitions that are restored: damage of others is none of this restore. */
final class ChosenFindings {
    private final List<String> others = new ArrayList<>();

    /** @param items collections with the segments of chosen partitions only */
    ChosenFindings(VaultLayout layout, BackupInfo backup, List<Restored> items) {
        Map<Long, CollectionInfo> whole = backup.collections().stream()
                .collect(Collectors.toMap(CollectionInfo::collectionId, Function.identity()));
        for (Restored item : items) {
            long id = item.source().collectionId();
            List<Long> kept = item.source().partitions().stream()
                    .filter(partition -> !partition.segments().isEmpty())
                    .map(PartitionInfo::partitionId)
                    .toList();
            Stream.ofNullable(whole.get(id))
                    .flatMap(collection -> collection.partitions().stream())
                    .filter(partition -> !partition.segments().isEmpty() && !kept.contains(partition.partitionId()))
                    .forEach(partition -> {
                        others.add(layout.insertPartitionDir(id, partition.partitionId()));
                        others.add(layout.deltaPartitionDir(id, partition.partitionId()));
                    });
        }
    }

    /** The check without what concerns others; as it is where not all that was found is listed. */
    FileCheck of(FileCheck check) {
        if (others.isEmpty() || check.problems() > check.findings().size()) {
            return check;
        }
        List<Finding> own = check.findings().stream()
                .filter(finding -> others.stream().noneMatch(finding.key()::startsWith))
                .toList();
        return check.only(own);
    }
}
