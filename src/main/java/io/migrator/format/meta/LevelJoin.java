package io.migrator.format.meta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.format.Copies;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.GoJson;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a backup from its four level files, for where {@code full_meta.json} cannot be read. Sizes are summed anew.
 * Delete-only segments that span all partitions are in none of these files (since milvus-backup 0.5.13): whoever uses
 * this has to make sure that the vault holds none.
 */
public final class LevelJoin {
    /** The files to read, in any order. */
    public static final List<MetaFile> FILES =
            List.of(MetaFile.BACKUP, MetaFile.COLLECTION, MetaFile.PARTITION, MetaFile.SEGMENT);

    private static final JsonMapper MAPPER = GoJson.mapper();

    private @Nullable BackupInfo head;
    private @Nullable CollectionInfos collections;
    private @Nullable PartitionInfos partitions;
    private @Nullable SegmentInfos segments;

    /**
     * Reads one of {@link #FILES}; does not close the stream.
     *
     * @throws DamagedMetaException where it is damaged
     */
    public void read(MetaFile file, InputStream json) throws IOException {
        switch (file) {
            case BACKUP -> head = parsed(json, BackupInfo.class);
            case COLLECTION -> collections = parsed(json, CollectionInfos.class);
            case PARTITION -> partitions = parsed(json, PartitionInfos.class);
            case SEGMENT -> segments = parsed(json, SegmentInfos.class);
            case FULL -> throw new IllegalArgumentException("full_meta.json is no level file");
        }
    }

    /** Whether each of the files was read. */
    public boolean complete() {
        return head != null && collections != null && partitions != null && segments != null;
    }

    /**
     * The backup.
     *
     * @throws DamagedMetaException where the files do not fit together
     * @throws IllegalStateException where one was not read
     */
    public BackupInfo joined() throws DamagedMetaException {
        if (head == null || collections == null || partitions == null || segments == null) {
            throw new IllegalStateException("a level file was not read");
        }
        BackupInfo rebuilt = MetaLevels.join(head, collections.infos(), partitions.infos(), segments.infos());
        MetaRules.check(rebuilt);
        return rebuilt;
    }

    private static <T> T parsed(InputStream json, Class<T> type) throws IOException {
        try {
            return GoJson.present(MAPPER.readValue(json, type));
        } catch (JsonProcessingException | CharConversionException e) {
            throw GoJson.told(e);
        }
    }

    record CollectionInfos(List<CollectionInfo> infos) {
        CollectionInfos {
            infos = Copies.of(infos);
        }
    }

    record PartitionInfos(List<PartitionInfo> infos) {
        PartitionInfos {
            infos = Copies.of(infos);
        }
    }

    record SegmentInfos(List<SegmentInfo> infos) {
        SegmentInfos {
            infos = Copies.of(infos);
        }
    }
}
