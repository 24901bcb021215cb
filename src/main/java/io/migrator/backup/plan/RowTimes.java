package io.migrator.backup.plan;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.log.LogScan;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads in Milvus' bucket when the rows of a segment were inserted: its timestamps are the field of id 1. */
public final class RowTimes {
    private static final Logger LOG = LoggerFactory.getLogger(RowTimes.class);
    private static final long TIMESTAMPS = 1;

    private final ObjectStore milvusStore;

    public RowTimes(ObjectStore milvusStore) {
        this.milvusStore = milvusStore;
    }

    /** Hybrid timestamp of the youngest row; empty where the logs do not tell, as those of column groups. */
    OptionalLong latest(SegmentFiles files) {
        OptionalLong latest = OptionalLong.empty();
        try {
            for (StoredObject log : files.insertLogs()) {
                if (PlanWriter.number(log, 2) == TIMESTAMPS) {
                    latest = OptionalLong.of(Math.max(latest.orElse(0), latest(log)));
                }
            }
        } catch (DamagedMetaException e) {
            LOG.info("the backup does not tell the moment of its youngest row: {}", e.getMessage());
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return latest;
    }

    private long latest(StoredObject log) throws IOException {
        try (ObjectContent content = milvusStore.open(log.key())) {
            return LogScan.read(content, log.size(), LogScan.Form.INSERT_BINLOG).to();
        }
    }
}
