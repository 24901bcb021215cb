package io.migrator.format.log;

import io.migrator.format.DamagedMetaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a log of a segment tells: that its envelope is whole, whose log it says it is, and how many rows it
 * has; of a delta log, that each entry is a delete. Memory is bounded: of other payloads no more than the last bytes,
 * which hold the Parquet footer, are kept.
 *
 * @param ids what the envelope says; null for Parquet without one, which says nothing
 * @param to latest timestamp, as Milvus counts; 0 where none is told
 * @param rows empty where Milvus encrypted the payload
 */
public record LogScan(@Nullable Ids ids, long to, OptionalLong rows) {
    /** A footer tells of every column chunk some hundred bytes: this is one of tens of thousands of them. */
    public static final int LONGEST_FOOTER = 8 << 20;

    /** Few logs have thousands. */
    public static final int USUAL_FOOTER = 1 << 20;

    /** What a thread that reads logs may go on holding. */
    public static final int MOST_HELD = LONGEST_FOOTER;

    /** Milvus cuts a delta log at 16 MiB of memory; larger ones come of compaction. */
    private static final int LONGEST_DELTA = 32 << 20;

    /** What a delta log may need while it is read, in place of {@link #MOST_HELD}. */
    public static final int MOST_OF_DELTAS = LONGEST_DELTA;

    private static final int PIECE = 64 << 10;

    private static final ThreadLocal<byte[]> HELD = ThreadLocal.withInitial(() -> new byte[0]);

    /** Whose log it says it is. */
    public record Ids(long collection, long partition, long segment, long field) {}

    /** The forms a log may have. */
    public enum Form {
        /** Storage version 0 and 1. */
        INSERT_BINLOG,
        /** Storage version 2: Parquet without an envelope. */
        PACKED,
        /** A delta log of any form. */
        DELTA
    }

    /** The same, with room for any footer. */
    public static LogScan read(InputStream in, long size, Form form) throws IOException {
        return read(in, size, form, LONGEST_FOOTER);
    }

    /**
     * Reads the stream to its end.
     *
     * @param size bytes the object has
     * @param room bytes of a payload that are kept for its footer
     * @throws DamagedMetaException where it is not what the form demands; the stream is then left anywhere
     * @throws LongFooterException where its footer wants more room, up to {@link #LONGEST_FOOTER}
     * @throws IOException where the stream fails
     */
    public static LogScan read(InputStream in, long size, Form form, int room) throws IOException {
        byte[] head = in.readNBytes((int) Math.min(size, BinlogDescriptor.HEAD_BYTES));
        boolean bare = ParquetFooter.magicAt(ByteBuffer.wrap(head), 0);
        if (form == Form.PACKED || (form == Form.DELTA && bare)) {
            Payload payload = payload(in, head, size, form == Form.DELTA, room);
            requireEnd(in);
            return new LogScan(null, payload.latest(), OptionalLong.of(payload.rows()));
        }
        LogScan scan = envelope(in, head, size, form == Form.DELTA, room);
        requireEnd(in);
        return scan;
    }

    private static LogScan envelope(InputStream in, byte[] head, long size, boolean deltas, int room)
            throws IOException {
        int wanted = deltas ? BinlogEvent.DELETE : BinlogEvent.INSERT;
        int end = BinlogDescriptor.end(ByteBuffer.wrap(head), size);
        byte[] whole = Arrays.copyOf(head, end);
        System.arraycopy(bytes(in, end - head.length), 0, whole, head.length, end - head.length);
        BinlogDescriptor self = BinlogDescriptor.read(whole, end);
        long to = self.to();
        long rows = 0;
        long offset = end;
        do {
            ByteBuffer start = ByteBuffer.wrap(bytes(in, (int) Math.min(BinlogEvent.BODY_OFFSET, size - offset)))
                    .order(ByteOrder.LITTLE_ENDIAN);
            BinlogEvent.Header header = BinlogEvent.Header.read(start, 0, offset, size);
            header.requirePayload(offset);
            if (header.type() != wanted) {
                throw new DamagedMetaException(
                        "at byte %d: an event of type %d instead of %d".formatted(offset, header.type(), wanted));
            }
            requireOrder(start.getLong(BinlogEvent.HEADER_BYTES), start.getLong(BinlogEvent.HEADER_BYTES + Long.BYTES));
            to = Math.max(to, start.getLong(BinlogEvent.HEADER_BYTES + Long.BYTES));
            int length = header.length() - BinlogEvent.BODY_OFFSET;
            if (self.encrypted()) {
                pass(in, length);
            } else {
                Payload payload = payload(in, new byte[0], length, deltas, room);
                rows = ParquetFooter.sum(rows, payload.rows());
                to = Math.max(to, payload.latest());
            }
            offset = header.end();
        } while (offset < size);
        requireOrder(self.from(), to);
        return new LogScan(
                new Ids(self.collectionId(), self.partitionId(), self.segmentId(), self.fieldId()),
                to,
                self.encrypted() ? OptionalLong.empty() : OptionalLong.of(rows));
    }

    private static void requireOrder(long from, long to) throws DamagedMetaException {
        if (from > to) {
            throw new DamagedMetaException("its earliest timestamp %d is after its latest %d".formatted(from, to));
        }
    }

    /**
     * What a payload tells.
     *
     * @param latest timestamp of its deletes; 0 where these were not read
     */
    private record Payload(long rows, long latest) {}

    /**
     * @param begun the first bytes of the payload, read before
     * @param deltas whether it is one of deletes, each of which is read where the payload fits into memory
     */
    private static Payload payload(InputStream in, byte[] begun, long length, boolean deltas, int room)
            throws IOException {
        int kept = (int) Math.min(length, deltas && length <= LONGEST_DELTA ? length : room);
        if (kept == length) {
            ByteBuffer whole = held(in, begun, kept);
            long rows = ParquetFooter.read(whole.duplicate()).rows();
            return new Payload(rows, deltas ? DeltaEntries.latest(whole, rows) : 0);
        }
        byte[] first = begun.length == 0 ? bytes(in, ParquetFooter.MAGIC.length()) : begun;
        pass(in, length - first.length - kept);
        boolean begins = ParquetFooter.magicAt(ByteBuffer.wrap(first), 0);
        ByteBuffer tail = held(in, new byte[0], kept);
        int footer = begins ? ParquetFooter.length(tail) : 0;
        if (footer > kept - ParquetFooter.TAIL_BYTES && footer <= LONGEST_FOOTER - ParquetFooter.TAIL_BYTES) {
            throw new LongFooterException(footer);
        }
        return new Payload(ParquetFooter.readTail(tail, length, begins).rows(), 0);
    }

    private static void pass(InputStream in, long count) throws IOException {
        byte[] piece = new byte[PIECE];
        for (long left = count; left > 0; ) {
            int read = in.read(piece, 0, (int) Math.min(left, piece.length));
            if (read < 0) {
                throw new DamagedMetaException("the object ends before its size");
            }
            left -= read;
        }
    }

    private static byte[] bytes(InputStream in, int count) throws IOException {
        byte[] bytes = new byte[count];
        fill(in, bytes, 0, count);
        return bytes;
    }

    /** What was begun and the rest of so many bytes, in an array that the next payload this thread reads gets, too. */
    private static ByteBuffer held(InputStream in, byte[] begun, int count) throws IOException {
        byte[] array = HELD.get();
        if (array.length < count) {
            array = new byte[Math.max(count, USUAL_FOOTER)];
            if (count <= LONGEST_FOOTER) {
                HELD.set(array);
            }
        }
        System.arraycopy(begun, 0, array, 0, begun.length);
        fill(in, array, begun.length, count);
        return ByteBuffer.wrap(array).slice(0, count);
    }

    /** Told no array, a stream puts one together of pieces of 8 KiB. */
    private static void fill(InputStream in, byte[] array, int from, int to) throws IOException {
        if (in.readNBytes(array, from, to - from) < to - from) {
            throw new DamagedMetaException("the object ends before its size");
        }
    }

    private static void requireEnd(InputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new DamagedMetaException("the object goes on after its size");
        }
    }
}
