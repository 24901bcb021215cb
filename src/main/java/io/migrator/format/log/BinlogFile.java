package io.migrator.format.log;

import io.migrator.format.DamagedMetaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A classic binlog of Milvus (storage version 0 and 1), insert or delta log: a descriptor, then events that hold one
 * Parquet file each. All numbers are little-endian.
 *
 * @param partitionId -1 where it spans all partitions
 * @param fieldId -1 in delta logs
 * @param from earliest timestamp of its entries, as Milvus counts: milliseconds shifted left by 18 bits
 * @param to latest timestamp of its entries
 * @param payloadType Milvus' number of the data type of the values
 * @param extra what else the descriptor says, such as {@code original_size}
 */
public record BinlogFile(
        long collectionId,
        long partitionId,
        long segmentId,
        long fieldId,
        long from,
        long to,
        int payloadType,
        Map<String, Object> extra,
        List<BinlogEvent> events) {
    public BinlogFile {
        extra = Collections.unmodifiableMap(extra);
        events = List.copyOf(events);
    }

    /** Whether Milvus encrypted the payloads: they cannot be read then. */
    public boolean encrypted() {
        return extra.get("edek") instanceof String key && !key.isEmpty();
    }

    /**
     * Rows of all events together.
     *
     * @throws DamagedMetaException where a payload is no Parquet file, as those of an encrypted binlog
     */
    public long rows() throws DamagedMetaException {
        long rows = 0;
        for (BinlogEvent event : events) {
            rows = ParquetFooter.sum(rows, ParquetFooter.read(event.payload()).rows());
        }
        return rows;
    }

    /**
     * Reads the envelope; the payloads are slices of {@code content} and are not looked at.
     *
     * @param content a whole object
     * @throws DamagedMetaException where a length or an offset does not fit, with the byte it stands at
     */
    public static BinlogFile parse(byte[] content) throws DamagedMetaException {
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int end = BinlogDescriptor.end(file, content.length);
        BinlogDescriptor self = BinlogDescriptor.read(Arrays.copyOf(content, end), end);
        return new BinlogFile(
                self.collectionId(),
                self.partitionId(),
                self.segmentId(),
                self.fieldId(),
                self.from(),
                self.to(),
                self.payloadType(),
                self.extra(),
                events(file, end));
    }

    private static List<BinlogEvent> events(ByteBuffer file, int first) throws DamagedMetaException {
        List<BinlogEvent> events = new ArrayList<>();
        int offset = first;
        while (offset < file.limit()) {
            BinlogEvent.Header head = BinlogEvent.Header.read(file, offset, offset, file.limit());
            events.add(BinlogEvent.read(file, offset, head));
            offset = (int) head.end();
        }
        if (events.isEmpty()) {
            throw new DamagedMetaException("at byte " + first + ": it ends without an event");
        }
        return events;
    }
}
