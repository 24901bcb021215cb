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
import io.migrator.lab.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Backs up, proves, restores and deletes very many objects of doubles of Milvus on local storage, and prints what each
 * took. Run by {@code ./mvnw -Pbench -Dbench.class=io.migrator.bench.ManyObjects}; {@code -Dbench.objects} is their
 * number, a million at first. With {@code -Dbench.workers=2} it backs up twice instead: by one process with its state in a
 * file, and by a coordinator and so many workers with theirs in a PostgreSQL.
 */
public final class ManyObjects {
    private static final String VERSION = "2.6.12";
    private static final int COLLECTIONS = 5;
    private static final int LOGS = 4;
    /** Three of the schema, and Milvus' own two. */
    private static final int FIELDS = 5;

    private final Path workDir;
    private final LocalFolders folders;
    private final MeasuredJar jar;

    private ManyObjects(Path jar, Path workDir) {
        this.workDir = workDir;
        this.folders = new LocalFolders(workDir);
        this.jar = new MeasuredJar(jar, workDir);
    }

    /** @param args the jar, a folder to work in, a number for another bench, the number of objects */
    public static void main(String[] args) throws IOException {
        // Else the JDK's server keeps small answers back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path workDir = Path.of(args[1]).toAbsolutePath();
        LabCache.deleteTree(workDir);
        Files.createDirectories(workDir);
        new ManyObjects(Path.of(args[0]), workDir).measure(Integer.parseInt(args[3]));
        System.exit(0);
    }

    private void measure(int objects) throws IOException {
        folders.createBucket("vault");
        try (FakeMilvus source = start("a");
                FakeMilvus target = start("b")) {
            long began = System.nanoTime();
            int segments = objects / (FIELDS * LOGS);
            IntStream.range(0, COLLECTIONS).parallel().forEach(i -> fill(source, i, segments / COLLECTIONS));
            System.out.printf(
                    "%,d objects in %,d segments written in %.0f s%n",
                    segments * FIELDS * LOGS, segments, (System.nanoTime() - began) / 1e9);
            Path from = config("a", source);
            int workers = Integer.getInteger("bench.workers", 0);
            if (workers > 0) {
                byWorkers(from, workers);
                return;
            }
            jar.run("backup", from, "--job=backup", "collection=*", "name=many");
            jar.run("get", from, "get", "-n", "many");
            jar.run("verify fast", from, "--job=verify", "name=many", "mode=fast");
            jar.run("restore", config("b", target), "--job=restore", "name=many", "suffix=_new");
            jar.run("delete", from, "delete", "-n", "many");
        }
    }

    private void byWorkers(Path from, int count) throws IOException {
        jar.run("backup by one process", from, "--job=backup", "collection=*", "name=many");
        jar.run("delete", from, "delete", "-n", "many");
        try (PostgresServer postgres = PostgresServer.start(Files.createDirectories(workDir.resolve("postgres")))) {
            Path shared = Files.writeString(
                    workDir.resolve("shared.yaml"),
                    Files.readString(from)
                            + "repository: {url: \"%s\", user: %s, password: %s}%n"
                                    .formatted(
                                            postgres.database().url(),
                                            postgres.database().user(),
                                            postgres.database().password().reveal()));
            try (MeasuredWorkers workers = new MeasuredWorkers(jar, shared, workDir, count)) {
                jar.run("backup by workers", shared, "--job=backup", "collection=*", "name=shared", "workers=remote");
                workers.print();
            }
        }
    }

    private FakeMilvus start(String folder) {
        folders.createBucket(folder);
        return FakeMilvus.start(new FakeSettings(VERSION, folders.storage(Side.MILVUS, folder, "")));
    }

    private static void fill(FakeMilvus source, int number, int segments) {
        CollectionModel made = source.filling().collection("default", TypedSchemas.small("coll_" + number));
        SegmentWriter writer = new SegmentWriter(made.schema());
        for (int segment = 0; segment < segments; segment++) {
            source.filling()
                    .segment(
                            made,
                            "_default",
                            Kind.PLAIN,
                            writer.rows(SegmentRows.of(LOGS, (long) segment * LOGS, segment)
                                    .withLogs(LOGS)));
        }
    }

    private Path config(String name, FakeMilvus milvus) throws IOException {
        List<String> lines = List.of(
                "milvus:",
                "  address: 127.0.0.1",
                "  port: " + milvus.port(),
                "minio:",
                "  storageType: local",
                "  rootPath: " + workDir.resolve(name),
                "  backupRootPath: " + workDir.resolve("vault"),
                "backup:",
                "  gcPause:",
                "    address: " + milvus.management());
        return Files.writeString(workDir.resolve(name + ".yaml"), String.join("\n", lines) + "\n");
    }
}
