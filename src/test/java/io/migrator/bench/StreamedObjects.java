package io.migrator.bench;

import io.migrator.config.StorageConfig;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The binlogs that a backup streams: written by a double of Milvus, then made as large as real ones are. */
final class StreamedObjects {
    /** Three of the schema, and Milvus' own two. */
    private static final int FIELDS = 5;
    /** 100 MiB of 48 objects, from 8 KiB to 40 MiB. */
    private static final List<int[]> KIB = List.of(
            new int[] {17, 8},
            new int[] {16, 256},
            new int[] {8, 2 << 10},
            new int[] {4, 4 << 10},
            new int[] {2, 12 << 10},
            new int[] {1, 40 << 10});

    private static final int SMALL = 1 << 20;
    private static final int MAGIC = 4;
    /** Where an event says how long it is, and behind that where it ends. */
    private static final int LENGTH = 9;

    private final String collection;
    private final int logs;
    private final List<Long> sizes;
    private long id;

    private StreamedObjects(String collection, int logs, List<Long> sizes) {
        this.collection = collection;
        this.logs = logs;
        this.sizes = sizes;
    }

    /** As many as that, to the next whole number of logs a field. */
    static StreamedObjects small(int count) {
        List<Long> cycle = KIB.stream()
                .flatMap(kind -> IntStream.range(0, kind[0]).mapToObj(i -> (long) kind[1] << 10))
                .toList();
        int logs = (count + FIELDS - 1) / FIELDS;
        // A stride, so that large ones lie between small ones.
        return new StreamedObjects(
                "coll_" + count,
                logs,
                IntStream.range(0, logs * FIELDS)
                        .mapToObj(i -> cycle.get(i * 29 % cycle.size()))
                        .toList());
    }

    /** So many of one size. */
    static StreamedObjects even(String collection, int count, long size) {
        int logs = (count + FIELDS - 1) / FIELDS;
        return new StreamedObjects(collection, logs, Collections.nCopies(logs * FIELDS, size));
    }

    /** Four of the size, and an empty-handed fifth. */
    static StreamedObjects large(long size) {
        return new StreamedObjects("coll_large", 1, List.of(size, size, size, size, 8L << 10));
    }

    String collection() {
        return collection;
    }

    int count() {
        return sizes.size();
    }

    long bytes() {
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    /** Where they lie below Milvus' insert logs, once filled. */
    String folder() {
        return id + "/";
    }

    /** Makes the collection and its objects. */
    void fill(FakeMilvus milvus, StorageConfig storage) {
        CollectionModel made = milvus.filling().collection("default", TypedSchemas.small(collection));
        id = made.id();
        milvus.filling()
                .segment(
                        made,
                        "_default",
                        Kind.PLAIN,
                        new SegmentWriter(made.schema())
                                .rows(SegmentRows.of(logs, 0, id).withLogs(logs)));
        try (ObjectStore store = Stores.open(storage)) {
            String folder = storage.rootPath().isEmpty() ? "" : storage.rootPath() + "/";
            List<String> keys = store.list(folder + "insert_log/" + id + "/")
                    .map(object -> object.key())
                    .toList();
            if (keys.size() != sizes.size()) {
                throw new IllegalStateException("%d logs for %d sizes".formatted(keys.size(), sizes.size()));
            }
            IntStream.range(0, keys.size())
                    .parallel()
                    .forEach(i -> store.write(
                            keys.get(i), stretched(store.read(keys.get(i), SMALL), i, sizes.get(i)), sizes.get(i)));
        }
    }

    /** A binlog that a reader still takes for one: its Parquet file has something between its pages and its footer. */
    private static InputStream stretched(byte[] binlog, long seed, long size) {
        ByteBuffer log = ByteBuffer.wrap(binlog).order(ByteOrder.LITTLE_ENDIAN);
        int event = MAGIC + log.getInt(MAGIC + LENGTH);
        int footer = binlog.length - 2 * Integer.BYTES - log.getInt(binlog.length - 2 * Integer.BYTES);
        log.putInt(event + LENGTH, (int) size - event).putInt(event + LENGTH + Integer.BYTES, (int) size);
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(binlog, 0, footer),
                new Noise(seed, size - binlog.length),
                new ByteArrayInputStream(binlog, footer, binlog.length - footer))));
    }

    /** Bytes that no store can make less of. */
    private static final class Noise extends InputStream {
        private final byte[] block = new byte[64 << 10];
        private long left;

        Noise(long seed, long size) {
            new Random(seed).nextBytes(block);
            this.left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? block[0] & 0xff : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = (int) Math.min(Math.min(length, block.length), left);
            System.arraycopy(block, 0, buffer, offset, count);
            left -= count;
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
