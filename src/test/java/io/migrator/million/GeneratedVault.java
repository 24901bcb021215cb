package io.migrator.million;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A backup of any number of objects that takes no room: its metas and its object manifest are files, its binlogs are
 * listed and have no content. Segments have seven files; collections have 20,000 segments.
 */
final class GeneratedVault {
    static final String BACKUP = "b";

    private static final String DIR = BACKUP + "/";
    private static final String INSERT_LOG = "binlogs/insert_log/";
    /** In the order of keys. */
    private static final int[] FIELD_IDS = {0, 1, 100, 101, 102, 103, 104};

    private static final int FIELDS = FIELD_IDS.length;
    private static final int SEGMENTS_A_COLLECTION = 20_000;
    private static final long FIRST_ID = 470_000_000_000_000_000L;
    private static final int SIZE = 100;

    private final int segments;
    private final ObjectStore files;
    private final String etag;
    private long deleted;

    /**
     * @param folder an empty one, for the files of the metas
     * @param files that folder as a store
     * @param etag entity tag of every binlog; empty where the store's tags are not kept
     */
    GeneratedVault(Path folder, int segments, ObjectStore files, String etag) throws IOException {
        this.segments = segments;
        this.files = files;
        this.etag = etag;
        Files.createDirectories(folder.resolve(DIR + "meta"));
        Files.createDirectories(folder.resolve(DIR + "migrator"));
        Files.writeString(folder.resolve(DIR + "meta/backup_meta.json"), "{\"name\":\"b\"}");
        try (Writer meta = Files.newBufferedWriter(folder.resolve(DIR + "meta/full_meta.json"))) {
            writeMeta(meta);
        }
        try (Writer lines = new BufferedWriter(new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(DIR + "migrator/objects.jsonl.gz"))),
                UTF_8))) {
            writeManifest(lines);
        }
    }

    long objects() {
        return (long) segments * FIELDS;
    }

    long deleted() {
        return deleted;
    }

    private int collections() {
        return (segments + SEGMENTS_A_COLLECTION - 1) / SEGMENTS_A_COLLECTION;
    }

    private IntStream segmentsOf(int collection) {
        return IntStream.range(
                collection * SEGMENTS_A_COLLECTION, Math.min(segments, (collection + 1) * SEGMENTS_A_COLLECTION));
    }

    private static long collectionId(int collection) {
        return FIRST_ID + collection;
    }

    private static long partitionId(int collection) {
        return FIRST_ID + 1000 + collection;
    }

    private static long segmentId(int segment) {
        return FIRST_ID + 1_000_000 + segment;
    }

    private static long logId(int segment, int field) {
        return FIRST_ID + 100_000_000L + (long) segment * FIELDS + field;
    }

    private void writeMeta(Writer out) throws IOException {
        out.write("{\"id\":\"t\",\"name\":\"b\",\"collection_backups\":[");
        for (int collection = 0; collection < collections(); collection++) {
            out.write((collection == 0 ? "" : ",")
                    + ("{\"collection_id\":%d,\"db_name\":\"default\",\"collection_name\":\"c%d\",\"schema\":{\"fields\":"
                                    + "[{\"fieldID\":100,\"name\":\"id\",\"is_primary_key\":true,\"data_type\":5}]},"
                                    + "\"partition_backups\":[{\"partition_id\":%d,\"partition_name\":\"_default\","
                                    + "\"collection_id\":%d,\"segment_backups\":[")
                            .formatted(
                                    collectionId(collection),
                                    collection,
                                    partitionId(collection),
                                    collectionId(collection)));
            String comma = "";
            for (int segment : segmentsOf(collection).toArray()) {
                out.write(comma);
                writeSegment(out, collection, segment);
                comma = ",";
            }
            out.write("]}]}");
        }
        out.write("]}");
    }

    private static void writeSegment(Writer out, int collection, int segment) throws IOException {
        out.write(
                "{\"segment_id\":%d,\"collection_id\":%d,\"partition_id\":%d,\"num_of_rows\":9,\"group_id\":%d,\"size\":%d,"
                        .formatted(
                                segmentId(segment),
                                collectionId(collection),
                                partitionId(collection),
                                segmentId(segment),
                                SIZE * FIELDS));
        out.write("\"v_channel\":\"by-dev-rootcoord-dml_0_" + collectionId(collection) + "v0\",\"binlogs\":[");
        for (int field = 0; field < FIELDS; field++) {
            out.write((field == 0 ? "" : ",")
                    + "{\"fieldID\":%d,\"binlogs\":[{\"log_path\":\"files/insert_log/%d/%d/%d/%d/%d\",\"log_size\":%d,\"log_id\":%d}]}"
                            .formatted(
                                    FIELD_IDS[field],
                                    collectionId(collection),
                                    partitionId(collection),
                                    segmentId(segment),
                                    FIELD_IDS[field],
                                    logId(segment, field),
                                    SIZE,
                                    logId(segment, field)));
        }
        out.write("]}");
    }

    private void writeManifest(Writer out) throws IOException {
        for (int collection = 0; collection < collections(); collection++) {
            int number = collection;
            for (String key : (Iterable<String>) keys(number)::iterator) {
                out.write("{\"key\":\"%s\",\"size\":%d,\"etag\":\"%s\",\"source\":\"files/%s\"}\n"
                        .formatted(key, SIZE, etag, key));
            }
        }
        out.write("{\"objects\":%d,\"bytes\":%d}\n".formatted(objects(), objects() * SIZE));
    }

    /** Relative to the backup, in ascending order. */
    private Stream<String> keys(int collection) {
        String dir = INSERT_LOG + collectionId(collection) + "/" + partitionId(collection) + "/";
        return segmentsOf(collection).boxed().flatMap(segment -> IntStream.range(0, FIELDS)
                .mapToObj(field -> dir + segmentId(segment) + "/" + segmentId(segment) + "/" + FIELD_IDS[field] + "/"
                        + logId(segment, field)));
    }

    private Stream<StoredObject> list(String prefix) {
        return Stream.concat(binlogs(prefix), files.list(prefix));
    }

    /** Those whose keys begin so, in ascending order. */
    Stream<StoredObject> binlogs(String prefix) {
        return IntStream.range(0, collections())
                .filter(collection -> {
                    String dir = DIR + INSERT_LOG + collectionId(collection) + "/";
                    return dir.startsWith(prefix) || prefix.startsWith(dir);
                })
                .boxed()
                .flatMap(this::keys)
                .map(key -> new StoredObject(DIR + key, SIZE, etag))
                .filter(object -> object.key().startsWith(prefix));
    }

    /** The backup as a store has it. */
    ObjectStore store() {
        return (ObjectStore) Proxy.newProxyInstance(
                GeneratedVault.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        return list((String) arguments[0]);
                    }
                    if (method.getName().equals("delete")) {
                        deleted += ((Collection<?>) arguments[0]).size();
                        return null;
                    }
                    try {
                        return method.invoke(files, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
