package io.migrator.fake.data;

import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldInfo;
import io.migrator.format.meta.SegmentInfo;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The rows of a backup, read from its files, with the deletes of each segment applied: the same digest as {@link
 * StoredRows} gives of a double's. Backups of Milvus 2.3 and earlier, which have no other deletes.
 *
 * @param read gives the content of an object of the vault
 */
public record BackupRows(VaultLayout layout, Function<String, byte[]> read) {
    public RowDigest digest(CollectionInfo collection) {
        return collection.partitions().stream()
                .flatMap(partition -> partition.segments().stream())
                .map(segment -> RowDigest.of(rows(collection, segment)))
                .reduce(RowDigest.NONE, RowDigest::plus);
    }

    SegmentData rows(CollectionInfo collection, SegmentInfo segment) {
        SegmentReader reader = new SegmentReader(read);
        SortedMap<Long, List<String>> keys = new TreeMap<>();
        segment.insertLogs()
                .forEach(field -> keys.put(
                        field.fieldId(),
                        field.binlogs().stream()
                                .map(log -> layout.insertLog(segment, field.fieldId(), log.logId()))
                                .toList()));
        long primaryKey = collection.schema().fields().stream()
                .filter(FieldInfo::primaryKey)
                .mapToLong(FieldInfo::fieldId)
                .findFirst()
                .orElseThrow();
        var deletions = reader.deletions(layout.deltaFiles(segment).map(VaultFile::key));
        return reader.rows(keys).without(deletions, primaryKey, 0, Long.MAX_VALUE);
    }
}
