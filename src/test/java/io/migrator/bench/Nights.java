package io.migrator.bench;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.LabCache;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.S3Lab;
import io.migrator.lab.StoreLab;
import io.migrator.retention.VaultOfBackups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Backs a collection of some 20,000 small objects up night after night, incrementally and whole, expires, and lists a vault
 * of a thousand backups, on local storage or (s3) on MinIO; prints what each took. Run by {@code ./mvnw -Pbench
 * -Dbench.class=io.migrator.bench.Nights [-Dbench.store=s3] [-Dbench.by=launcher]}.
 */
public final class Nights {
    private static final String VERSION = "2.6.12";
    private static final int LOGS = 13;
    private static final int SEGMENTS = 310;
    private static final int LISTED = 1000;

    private final Path workDir;
    private final StoreLab store;
    private final boolean s3;
    private final MeasuredJar jar;

    private Nights(Path jar, Path workDir, boolean s3) {
        this.workDir = workDir;
        this.s3 = s3;
        this.store = s3 ? S3Lab.start(workDir.resolve("s3")) : new LocalFolders(workDir);
        this.jar = new MeasuredJar(jar, workDir);
    }

    /** @param args the jar, a folder to work in */
    public static void main(String[] args) throws IOException {
        // Else the JDK's server keeps small answers back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path workDir = Path.of(args[1]).toAbsolutePath();
        LabCache.deleteTree(workDir);
        Files.createDirectories(workDir);
        new Nights(
                        Path.of(args[0]),
                        workDir,
                        System.getProperty("bench.store", "").equals("s3"))
                .measure();
        System.exit(0);
    }

    private void measure() throws IOException {
        store.createBucket("vault");
        store.createBucket("milvus");
        try (store;
                FakeMilvus source =
                        FakeMilvus.start(new FakeSettings(VERSION, store.storage(Side.MILVUS, "milvus", root())))) {
            CollectionModel made = source.filling().collection("default", TypedSchemas.small("coll"));
            IntStream.range(0, SEGMENTS).forEach(segment -> add(source, made, segment));
            Path config = config(source);
            jar.run("whole", config, "--job=backup", "collection=coll", "name=whole");
            backup(config, "night_0");
            backup(config, "night_1");
            add(source, made, SEGMENTS);
            backup(config, "night_2");
            jar.run("list --sizes", config, "list", "--sizes");
            jar.run("expire", config, "--job=expire", "keep-last=1", "name=night_*", "max-delete=2");
            VaultOfBackups listed = new VaultOfBackups(store.storage(Side.VAULT, "vault", root()));
            Instant now = Instant.now();
            IntStream.range(0, LISTED).forEach(i -> listed.complete("old_" + i, now.minus(Duration.ofHours(i))));
            jar.run("list of %d".formatted(LISTED), config, "list");
            listed.close();
        }
    }

    private void backup(Path config, String name) throws IOException {
        jar.run(name, config, "--job=backup", "collection=coll", "name=" + name, "incremental=yes");
    }

    private static void add(FakeMilvus source, CollectionModel made, int segment) {
        source.filling()
                .segment(
                        made,
                        "_default",
                        Kind.PLAIN,
                        new SegmentWriter(made.schema())
                                .rows(SegmentRows.of(LOGS, (long) segment * LOGS, segment)
                                        .withLogs(LOGS)));
    }

    private Path config(FakeMilvus milvus) throws IOException {
        List<String> lines = List.of("milvus:", "  address: 127.0.0.1", "  port: " + milvus.port(), "minio:");
        List<String> rest = List.of("backup:", "  gcPause:", "    address: " + milvus.management());
        return Files.writeString(
                workDir.resolve("nights.yaml"),
                Stream.of(lines, storage(), rest).flatMap(List::stream).collect(Collectors.joining("\n", "", "\n")));
    }

    /** A bucket has no root path of its own; a folder is one. */
    private String root() {
        return s3 ? "files" : "";
    }

    private List<String> storage() {
        if (!s3) {
            return List.of(
                    "  storageType: local",
                    "  rootPath: " + workDir.resolve("milvus"),
                    "  backupRootPath: " + workDir.resolve("vault"));
        }
        StorageConfig config = store.storage(Side.MILVUS, "milvus", root());
        return List.of(
                "  address: " + config.address(),
                "  port: " + config.port(),
                "  accessKeyID: " + config.accessKeyId().reveal(),
                "  secretAccessKey: " + config.secretAccessKey().reveal(),
                "  bucketName: milvus",
                "  rootPath: " + root(),
                "  backupBucketName: vault",
                "  backupRootPath: " + root());
    }
}
