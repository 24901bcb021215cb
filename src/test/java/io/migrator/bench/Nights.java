package io.migrator.bench;

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
import io.migrator.retention.VaultOfBackups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Backs a collection of some 20,000 small objects up night after night, incrementally and whole, expires, and lists a vault
 * of a thousand backups, on local storage; prints what each took. Run by {@code ./mvnw -Pbench
 * -Dbench.class=io.migrator.bench.Nights}.
 */
public final class Nights {
    private static final String VERSION = "2.6.12";
    private static final int LOGS = 13;
    private static final int SEGMENTS = 310;
    private static final int LISTED = 1000;

    private final Path workDir;
    private final LocalFolders folders;
    private final MeasuredJar jar;

    private Nights(Path jar, Path workDir) {
        this.workDir = workDir;
        this.folders = new LocalFolders(workDir);
        this.jar = new MeasuredJar(jar, workDir);
    }

    /** @param args the jar, a folder to work in */
    public static void main(String[] args) throws IOException {
        // Else the JDK's server keeps small answers back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path workDir = Path.of(args[1]).toAbsolutePath();
        LabCache.deleteTree(workDir);
        Files.createDirectories(workDir);
        new Nights(Path.of(args[0]), workDir).measure();
        System.exit(0);
    }

    private void measure() throws IOException {
        folders.createBucket("vault");
        folders.createBucket("a");
        try (FakeMilvus source = FakeMilvus.start(new FakeSettings(VERSION, folders.storage(Side.MILVUS, "a", "")))) {
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
            VaultOfBackups listed = new VaultOfBackups(folders.storage(Side.VAULT, "vault", ""));
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
        List<String> lines = List.of(
                "milvus:",
                "  address: 127.0.0.1",
                "  port: " + milvus.port(),
                "minio:",
                "  storageType: local",
                "  rootPath: " + workDir.resolve("a"),
                "  backupRootPath: " + workDir.resolve("vault"),
                "backup:",
                "  gcPause:",
                "    address: " + milvus.management());
        return Files.writeString(workDir.resolve("nights.yaml"), String.join("\n", lines) + "\n");
    }
}
