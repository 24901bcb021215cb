package io.migrator.bench;

import io.migrator.config.StorageConfig;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.LabCache;
import io.migrator.lab.S3Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Backs up and restores many small collections of a double of Milvus, on a real S3 server, and prints what it took and
 * what each Milvus was asked. Run by {@code ./mvnw -Pbench -Dbench.class=io.migrator.bench.ManyCollections}; {@code
 * -Dbench.collections} is their number, 16,000 at first.
 */
public final class ManyCollections {
    private static final String VERSION = "2.6.12";
    private static final int ROWS_EACH = 10;

    private final Path workDir;
    private final S3Lab store;
    private final MeasuredJar jar;

    private ManyCollections(Path jar, Path workDir, S3Lab store) {
        this.workDir = workDir;
        this.store = store;
        this.jar = new MeasuredJar(jar, workDir);
    }

    /** @param args the jar, a folder to work in, the number of collections */
    public static void main(String[] args) throws IOException {
        // Else the JDK's server keeps small answers back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path workDir = Path.of(args[1]).toAbsolutePath();
        LabCache.deleteTree(workDir);
        Files.createDirectories(workDir);
        int count = Integer.parseInt(args[2]);
        try (S3Lab store = S3Lab.start(workDir.resolve("s3"))) {
            new ManyCollections(Path.of(args[0]), workDir, store).measure(count);
        }
        System.exit(0);
    }

    private void measure(int count) throws IOException {
        try (FakeMilvus source = start("bucket-a");
                FakeMilvus target = start("bucket-b")) {
            long began = System.nanoTime();
            IntStream.range(0, count).parallel().forEach(i -> fill(source, i));
            System.out.printf(
                    "%,d collections of %d rows filled in %.0f s%n",
                    count, ROWS_EACH, (System.nanoTime() - began) / 1e9);
            source.log().clear();
            jar.run("backup", config("a", source, "bucket-a"), "--job=backup", "collection=*", "name=many");
            System.out.println(
                    "asked of the source: " + new TreeMap<>(source.log().counts()));
            jar.run("restore", config("b", target, "bucket-b"), "--job=restore", "name=many", "suffix=_new");
            System.out.println(
                    "asked of the target: " + new TreeMap<>(target.log().counts()));
            if (target.model().collectionCount() != count) {
                throw new IllegalStateException("restored " + target.model().collectionCount() + " of " + count);
            }
        }
    }

    private FakeMilvus start(String bucket) {
        store.createBucket(bucket);
        return FakeMilvus.start(new FakeSettings(VERSION, store.storage(StorageConfig.Side.MILVUS, bucket, "files")));
    }

    private static void fill(FakeMilvus source, int number) {
        CollectionModel made = source.filling().collection("default", TypedSchemas.small("coll_" + number));
        source.filling()
                .segment(
                        made,
                        "_default",
                        Kind.PLAIN,
                        new SegmentWriter(made.schema()).rows(SegmentRows.of(ROWS_EACH, 0, number)));
    }

    private Path config(String name, FakeMilvus milvus, String bucket) throws IOException {
        Map<String, String> keys = new TreeMap<>(Map.of(
                "address: ",
                "127.0.0.1",
                "port: ",
                String.valueOf(store.port()),
                "accessKeyID: ",
                store.accessKey(),
                "secretAccessKey: ",
                store.secretKey(),
                "bucketName: ",
                bucket,
                "rootPath: ",
                "files",
                "backupBucketName: ",
                "bucket-b",
                "backupRootPath: ",
                "backup"));
        StringBuilder text =
                new StringBuilder("milvus:\n  address: 127.0.0.1\n  port: " + milvus.port() + "\nminio:\n");
        keys.forEach((key, value) -> text.append("  ").append(key).append(value).append('\n'));
        text.append("backup:\n  gcPause:\n    address: ")
                .append(milvus.management())
                .append('\n');
        return Files.writeString(workDir.resolve(name + ".yaml"), text);
    }
}
