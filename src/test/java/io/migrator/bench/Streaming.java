package io.migrator.bench;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.demo.Program;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.LabCache;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.MinioServer;
import io.migrator.lab.StoreLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures what it costs that bytes pass through the process, from a double of Milvus on one store to a vault on another: whole processes,
 * then the steady state of one. Run by {@code ./mvnw -Pbench -Dbench.class=io.migrator.bench.Streaming}; {@code
 * -Dbench.rclone} and {@code -Dbench.peer} are programs to run beside it, rclone and milvus-backup; {@code -Dbench.large}
 * is the size of the four large objects in MiB, 0 for none; {@code -Dbench.pairs} chooses pairs of stores, and {@code -Dbench.runs} is how often each is measured.
 */
public final class Streaming {
    private static final String VERSION = "2.4.15";
    private static final String PAIRS =
            System.getProperty("bench.pairs", "s3-s3,s3-local,local-s3,s3-azure,s3-gcpnative");
    private static final int RUNS = Integer.getInteger("bench.runs", 1);
    private static final int LARGE_MIB = Integer.getInteger("bench.large", 1024);
    private static final String ROUNDS = "6";

    private final Path workDir;
    private final Program jar;
    private final Program launched;
    private final List<String> light = LauncherOptions.read();
    private int backups;

    private Streaming(String jar, Path workDir) throws IOException {
        this.workDir = workDir;
        this.jar = program(jar, List.of());
        this.launched = jar.contains(":")
                ? program(jar, light)
                : Program.launcher(Path.of(jar).resolveSibling("migrator").toAbsolutePath(), workDir.resolve("state"));
    }

    /** @param args the jar, or a class path in its place; a folder to work in; more are for other benches */
    public static void main(String[] args) throws IOException {
        // Else the JDK's server keeps small answers back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path workDir = Path.of(args[1]).toAbsolutePath();
        LabCache.deleteTree(workDir);
        Files.createDirectories(workDir);
        new Streaming(args[0], workDir).measure();
        System.exit(0);
    }

    private Program program(String jar, List<String> options) {
        List<String> words = new ArrayList<>(options);
        words.addAll(jar.contains(":") ? List.of("-cp", jar, "io.migrator.Main") : List.of("-jar", jar));
        return Program.java(workDir.resolve("state"), words);
    }

    private void measure() throws IOException {
        List<StreamedObjects> few = List.of(StreamedObjects.small(144), StreamedObjects.small(576));
        System.out.printf("%n| %s |%n|%s%n", String.join(" | ", StreamRow.HEAD), "---|".repeat(StreamRow.HEAD.size()));
        try (MinioServer first = MinioServer.start(Files.createDirectories(workDir.resolve("s3-a")));
                MinioServer second = MinioServer.start(Files.createDirectories(workDir.resolve("s3-b")));
                LocalFolders folders = new LocalFolders(workDir);
                FakeMilvus onS3 = milvus(first);
                FakeMilvus onFolder = milvus(folders)) {
            StreamedObjects large = StreamedObjects.large((long) LARGE_MIB << 20);
            List<StreamedObjects> all = Stream.concat(
                            few.stream(), Stream.of(large).filter(one -> LARGE_MIB > 0))
                    .toList();
            for (StreamedObjects objects : all) {
                objects.fill(onS3, source(first));
            }
            StreamedObjects ofFolder = StreamedObjects.small(576);
            ofFolder.fill(onFolder, source(folders));
            if (PAIRS.contains("s3-s3")) {
                for (StreamedObjects objects : all) {
                    backups("S3 to S3", onS3, first, second, objects);
                }
                steady(first, second, few.get(1));
            }
            if (PAIRS.contains("s3-local")) {
                backups("S3 to folder", onS3, first, folders, few.get(1));
            }
            if (PAIRS.contains("local-s3")) {
                backups("folder to S3", onFolder, folders, second, ofFolder);
            }
            if (PAIRS.contains("s3-azure") && AzuriteServer.available()) {
                try (StoreLab azure = AzuriteServer.start(workDir)) {
                    backups("S3 to Azurite", onS3, first, azure, few.get(1));
                }
            }
            if (PAIRS.contains("s3-gcpnative") && FakeGcsServer.available()) {
                try (StoreLab google = FakeGcsServer.startOnDisk(workDir)) {
                    backups("S3 to fake-gcs", onS3, first, google, few.get(1));
                }
            }
        }
    }

    private static StorageConfig source(StoreLab store) {
        store.createBucket("milvus");
        return store.storage(Side.MILVUS, "milvus", store instanceof LocalFolders ? "" : "files");
    }

    private static FakeMilvus milvus(StoreLab store) {
        return FakeMilvus.start(new FakeSettings(VERSION, source(store)));
    }

    private void backups(String pair, FakeMilvus milvus, StoreLab from, StoreLab to, StreamedObjects objects)
            throws IOException {
        to.createBucket("vault");
        StorageConfig vault = to.storage(Side.VAULT, "vault", "backup");
        Path config = config(milvus, source(from), vault);
        String what = "%s, %d objects".formatted(pair, objects.count());
        Map<String, Program> ways = new LinkedHashMap<>(Map.of("java -jar", jar));
        ways.put("launcher", launched);
        for (Map.Entry<String, Program> way : ways.entrySet()) {
            String name = "bench_" + ++backups;
            Measured runs = new Measured();
            Measured proofs = new Measured();
            for (int i = 0; i < RUNS; i++) {
                String each = name + "_" + i;
                run(runs, way.getValue(), config, "--job=backup", "collection=" + objects.collection(), "name=" + each);
                run(proofs, way.getValue(), config, "--job=verify", "name=" + each, "mode=deep");
                run(new Measured(), way.getValue(), config, "delete", "-n", each);
            }
            new StreamRow("backup, " + what, way.getKey(), runs, objects.bytes(), "copy").print();
            new StreamRow("verify deep, " + what, way.getKey(), proofs, objects.bytes(), "read").print();
        }
        if (from instanceof MinioServer a && to instanceof MinioServer b) {
            others(what, a, b, objects, config);
        }
    }

    private void others(String what, MinioServer a, MinioServer b, StreamedObjects objects, Path config)
            throws IOException {
        String rclone = System.getProperty("bench.rclone", "");
        if (!rclone.isEmpty()) {
            Measured runs = new Measured();
            Program program = Program.launcher(Path.of(rclone), workDir.resolve("state"));
            for (int i = 0; i < RUNS; i++) {
                String to = remote(b) + "vault/rclone" + backups + i;
                Path output = workDir.resolve("rclone.log");
                runs.add(
                        program.run(
                                output,
                                "copy",
                                remote(a) + "milvus/files/insert_log/" + objects.folder(),
                                to,
                                "--transfers=32",
                                "--checkers=32",
                                "--s3-no-check-bucket"),
                        output);
            }
            new StreamRow("backup, " + what, "rclone", runs, objects.bytes(), "").print();
        }
        String peer = System.getProperty("bench.peer", "");
        if (!peer.isEmpty()) {
            Measured runs = new Measured();
            Program program = Program.launcher(Path.of(peer), workDir.resolve("state"));
            for (int i = 0; i < RUNS; i++) {
                Path output = workDir.resolve("peer.log");
                runs.add(
                        program.run(
                                output,
                                "create",
                                "--config",
                                config.toString(),
                                "-n",
                                "peer_" + backups + i,
                                "-c",
                                objects.collection()),
                        output);
            }
            new StreamRow("backup, " + what, "milvus-backup", runs, objects.bytes(), "").print();
        }
    }

    private static String remote(MinioServer server) {
        return ":s3,provider=Minio,access_key_id=%s,secret_access_key=%s,endpoint='http://127.0.0.1:%d':"
                .formatted(server.accessKey(), server.secretKey(), server.port());
    }

    /** A JVM that copies the same again and again: what is left when everything is compiled. */
    private void steady(MinioServer from, MinioServer to, StreamedObjects objects) throws IOException {
        String everybody =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"*\"]},"
                        + "\"Action\":[\"s3:GetObject\",\"s3:PutObject\"],\"Resource\":[\"arn:aws:s3:::%s/*\"]}]}";
        from.configureBucket("milvus", "policy", everybody.formatted("milvus"));
        to.configureBucket("vault", "policy", everybody.formatted("vault"));
        for (List<String> options : List.of(List.<String>of(), light)) {
            for (String way : List.of("bare", "engine")) {
                List<String> command = new ArrayList<>(options);
                command.addAll(List.of("-cp", System.getProperty("java.class.path"), StreamLoop.class.getName()));
                Path output = workDir.resolve("loop.log");
                Program.java(workDir, command)
                        .run(
                                output,
                                way,
                                ROUNDS,
                                String.valueOf(from.port()),
                                "milvus",
                                "files/insert_log/" + objects.folder(),
                                String.valueOf(to.port()),
                                "vault");
                List<String> lines = Files.readAllLines(output);
                System.out.printf("%s%s%n", options.isEmpty() ? "" : "launcher: ", lines.get(lines.size() - 1));
            }
        }
    }

    private void run(Measured runs, Program program, Path config, String... words) throws IOException {
        Path output = workDir.resolve("run.log");
        runs.add(
                program.run(
                        output,
                        Stream.concat(Stream.of(words), Stream.of("--config=" + config, "--output=json"))
                                .toArray(String[]::new)),
                output);
    }

    private Path config(FakeMilvus milvus, StorageConfig from, StorageConfig to) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "milvus:",
                "  address: 127.0.0.1",
                "  port: " + milvus.port(),
                "backup:",
                "  gcPause:",
                "    address: " + milvus.management(),
                "minio:",
                "  crossStorage: true"));
        lines.addAll(side(from, false));
        lines.addAll(side(to, true));
        return Files.writeString(workDir.resolve("bench.yaml"), String.join("\n", lines) + "\n");
    }

    private static List<String> side(StorageConfig store, boolean vault) {
        boolean folder = store.bucketName().startsWith("/");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("storageType", store.type().name().toLowerCase(Locale.ROOT));
        values.put("address", store.address());
        values.put("port", store.port());
        values.put("accessKeyID", store.accessKeyId().reveal());
        values.put("secretAccessKey", store.secretAccessKey().reveal());
        values.put("gcpCredentialJSON", store.gcpCredentialJson().reveal());
        if (!folder) {
            values.put("bucketName", store.bucketName());
        }
        values.put("rootPath", folder ? store.bucketName() : store.rootPath());
        return values.entrySet().stream()
                .filter(value -> !value.getValue().equals(""))
                .map(value ->
                        "  %s: '%s'".formatted(vault ? vaultKey(value.getKey()) : value.getKey(), value.getValue()))
                .toList();
    }

    private static String vaultKey(String key) {
        return "backup" + Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }
}
