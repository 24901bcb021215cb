package io.migrator.format.log;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.migrator.format.DamagedMetaException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Reads the values of a flat Parquet file of whole numbers and byte arrays, as delta logs are. Knows what Milvus writes:
 * plain values, dictionaries, ZSTD. Files are not to be trusted: lengths are held against what is there.
 */
final class ParquetValues {
    private static final int NOT_COMPRESSED = 0;
    private static final int ZSTD = 6;
    private static final int DATA_PAGE = 0;
    private static final int DICTIONARY_PAGE = 2;
    private static final int PLAIN = 0;
    private static final int OLD_DICTIONARY = 2;
    private static final int DICTIONARY = 8;
    /** Writers cut pages at a MiB; a file that is not theirs must not fill the memory. */
    private static final int LONGEST_PAGE = 32 << 20;
    /** Of one page. Runs take a few bytes for any number of values. */
    private static final int MOST_VALUES = 4 << 20;
    /** Of the file: some seconds' work; no delta log of Milvus comes near. */
    private static final long MOST_OF_ALL = 8L << 20;

    /** What the file may cost, in bytes read and unpacked; logs of the same timestamps are packed well. */
    private static final long LEAST_WORK = 128L << 20;

    private static final long WORK_OF_A_BYTE = 256;
    private static final long MOST_WORK = 4L << 30;
    /** A page without a value costs something, too. */
    private static final int WORK_OF_A_PAGE = 1024;

    private final ZstdDecompressor zstd = new ZstdDecompressor();
    private final ByteBuffer file;
    private final Sink sink;
    private long told;
    private long workLeft;

    private ParquetValues(ByteBuffer file, Sink sink) {
        this.file = file;
        this.sink = sink;
        this.workLeft = Math.min(MOST_WORK, LEAST_WORK + WORK_OF_A_BYTE * file.limit());
    }

    /** Told every value that is not null, column by column. */
    interface Sink {
        /** Told before all values how many columns there are. */
        void columns(int count) throws DamagedMetaException;

        void number(int column, long value) throws DamagedMetaException;

        /** @param value only to be read during the call */
        void bytes(int column, ByteBuffer value) throws DamagedMetaException;
    }

    /**
     * @param content a whole Parquet file, left as it is
     * @return false where it is of a form that is not known here: then only some values, or none, were told
     * @throws DamagedMetaException where a page is no page
     */
    static boolean read(ByteBuffer content, Sink sink) throws DamagedMetaException {
        ByteBuffer file = content.slice().order(ByteOrder.LITTLE_ENDIAN);
        Optional<List<ParquetChunk>> chunks = ParquetChunk.all(ParquetFooter.thrift(file, file.limit(), true));
        if (chunks.isEmpty()) {
            return false;
        }
        sink.columns(
                1 + chunks.get().stream().mapToInt(ParquetChunk::column).max().orElse(-1));
        ParquetValues values = new ParquetValues(file, sink);
        for (ParquetChunk chunk : chunks.get()) {
            try {
                if (!values.chunk(chunk)) {
                    return false;
                }
            } catch (BufferUnderflowException
                    | IndexOutOfBoundsException
                    | IllegalArgumentException
                    | ArithmeticException
                    | MalformedInputException e) {
                throw new DamagedMetaException(
                        "a page of column %d of the Parquet file cannot be read".formatted(chunk.column()), e);
            }
        }
        return true;
    }

    private boolean chunk(ParquetChunk chunk) throws DamagedMetaException {
        boolean known = (chunk.codec() == NOT_COMPRESSED || chunk.codec() == ZSTD)
                && (chunk.type() == ParquetChunk.INT64 || chunk.type() == ParquetChunk.BYTE_ARRAY);
        if (!known) {
            return false;
        }
        int at = Math.toIntExact(Math.min(Math.max(chunk.offset(), 0), file.limit()));
        Dictionary dictionary = new Dictionary(ByteBuffer.allocate(0), new int[0]);
        long left = chunk.values();
        while (left > 0) {
            ByteBuffer rest = file.slice(at, file.limit() - at);
            Page page = Page.read(rest);
            at += rest.position() + page.stored();
            // Chunks may name the same pages, and pages may claim what they do not hold.
            workLeft -= (long) WORK_OF_A_PAGE + page.stored() + page.plain();
            if (workLeft < 0) {
                return false;
            }
            ByteBuffer plain = plain(chunk, rest, page);
            if (page.kind() == DICTIONARY_PAGE) {
                dictionary = Dictionary.read(plain, page.values(), chunk.type());
            } else if (page.kind() != DATA_PAGE || page.values() > MOST_VALUES) {
                return false;
            } else if (!values(chunk, page, plain, dictionary)) {
                return false;
            }
            told += page.values();
            if (told > MOST_OF_ALL) {
                return false;
            }
            left -= page.kind() == DICTIONARY_PAGE ? 0 : Math.max(1, page.values());
        }
        return true;
    }

    private ByteBuffer plain(ParquetChunk chunk, ByteBuffer rest, Page page) {
        byte[] stored = new byte[page.stored()];
        rest.duplicate().get(stored);
        if (chunk.codec() == NOT_COMPRESSED) {
            return ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        }
        byte[] plain = new byte[page.plain()];
        int length = zstd.decompress(stored, 0, stored.length, plain, 0, plain.length);
        return ByteBuffer.wrap(plain, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private boolean values(ParquetChunk chunk, Page page, ByteBuffer in, Dictionary dictionary)
            throws DamagedMetaException {
        int present = page.values();
        if (chunk.optional()) {
            int length = in.getInt();
            ByteBuffer levels = in.slice(in.position(), length);
            in.position(in.position() + length);
            present = 0;
            for (int level : PackedNumbers.read(levels, 1, page.values())) {
                present += level;
            }
        }
        if (page.encoding() == PLAIN) {
            for (int i = 0; i < present; i++) {
                tell(chunk, chunk.type() == ParquetChunk.INT64 ? (Object) in.getLong() : bytes(in));
            }
            return true;
        }
        if (page.encoding() != DICTIONARY && page.encoding() != OLD_DICTIONARY) {
            return false;
        }
        for (int index : present == 0 ? new int[0] : PackedNumbers.read(in, in.get(), present)) {
            tell(chunk, dictionary.value(index, chunk.type()));
        }
        return true;
    }

    private static ByteBuffer bytes(ByteBuffer in) {
        int length = in.getInt();
        ByteBuffer value = in.slice(in.position(), length);
        in.position(in.position() + length);
        return value;
    }

    private void tell(ParquetChunk chunk, Object value) throws DamagedMetaException {
        if (value instanceof Long number) {
            sink.number(chunk.column(), number);
        } else {
            sink.bytes(chunk.column(), ((ByteBuffer) value).duplicate());
        }
    }

    /** The values of a dictionary page by where they begin: objects would take twenty times the page. */
    private static final class Dictionary {
        private final ByteBuffer plain;
        private final int[] begins;

        Dictionary(ByteBuffer plain, int[] begins) {
            this.plain = plain;
            this.begins = begins;
        }

        static Dictionary read(ByteBuffer plain, int count, int type) {
            // Each takes four bytes at least, its length.
            if (count > plain.limit() / Integer.BYTES) {
                throw new IllegalArgumentException("a dictionary of more values than bytes");
            }
            int[] begins = new int[count];
            for (int i = 0; i < count; i++) {
                begins[i] = plain.position();
                int length = type == ParquetChunk.INT64 ? Long.BYTES : plain.getInt();
                plain.position(Math.addExact(plain.position(), length));
            }
            return new Dictionary(plain, begins);
        }

        Object value(int index, int type) {
            ByteBuffer at = plain.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(begins[index]);
            return type == ParquetChunk.INT64 ? (Object) at.getLong() : bytes(at);
        }
    }

    /**
     * The head of a page.
     *
     * @param plain bytes of its content, uncompressed
     * @param stored bytes of its content in the file
     */
    private record Page(int kind, int plain, int stored, int values, int encoding) {
        /** Leaves the buffer behind the head. */
        static Page read(ByteBuffer in) throws DamagedMetaException {
            CompactThrift head = new CompactThrift(in);
            int[] sizes = new int[4];
            int[] data = new int[3];
            head.begin();
            for (int type = head.nextField(); type != CompactThrift.STOP; type = head.nextField()) {
                int field = head.field();
                if (type == CompactThrift.I32 && field > 0 && field < sizes.length) {
                    sizes[field] = (int) head.zigzag();
                } else if (type == CompactThrift.STRUCT && (field == 5 || field == 7)) {
                    data = ParquetChunk.numbers(head, 2);
                    head.resume(field);
                } else {
                    head.skip(type);
                }
            }
            boolean fits = sizes[2] >= 0 && sizes[2] <= LONGEST_PAGE && sizes[3] >= 0 && sizes[3] <= in.remaining();
            if (!fits || data[1] < 0) {
                throw new DamagedMetaException("a page of the Parquet file says it has %d bytes, %d uncompressed"
                        .formatted(sizes[3], sizes[2]));
            }
            return new Page(sizes[1], sizes[2], sizes[3], data[1], data[2]);
        }
    }
}
