package io.migrator.lab;

import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A real Milvus standalone on free ports of this host, its files in a bucket of an S3 server or in a local folder. */
public final class MilvusServer implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(120);
    private static final int ATTEMPTS = 3;

    private final Path workDir;
    private final Path databases;
    private final MilvusSettings settings;
    private ServerProcess process;

    private MilvusServer(Path workDir, Path databases, MilvusSettings settings, ServerProcess process) {
        this.workDir = workDir;
        this.databases = databases;
        this.settings = settings;
        this.process = process;
    }

    /** Whether Milvus 2.3.5 is there or could be fetched; the first question on a machine may take a minute. */
    public static boolean available() {
        return MilvusRelease.V2_3_5.available();
    }

    /** Why it is not available; empty where it is. */
    public static String unavailableBecause() {
        return MilvusRelease.V2_3_5.unavailableBecause();
    }

    /** Starts a Milvus 2.3.5 with root path {@code files} in the bucket. */
    public static MilvusServer start(Path workDir, S3Lab store, String bucket) {
        return start(workDir, store, bucket, "files", Map.of());
    }

    /**
     * Starts a Milvus 2.3.5; a machine that cannot skips the test and says why.
     *
     * @param workDir for its own files, a folder of its own
     * @param bucket made by Milvus where it is missing
     * @param overrides {@code section.key} to value, such as {@code dataCoord.enableCompaction=false},
     *     {@code common.security.authorizationEnabled=true} or {@code minio.accessKeyID=reader}
     */
    public static MilvusServer start(
            Path workDir, S3Lab store, String bucket, String rootPath, Map<String, String> overrides) {
        return start(workDir, MilvusRelease.V2_3_5, MilvusFiles.inBucket(store, bucket, rootPath), overrides);
    }

    /** Starts a Milvus that keeps its files in the folder {@link #rootPath()}; a machine that cannot skips the test. */
    public static MilvusServer startLocal(Path workDir, MilvusRelease release, Map<String, String> overrides) {
        return start(workDir, release, MilvusFiles.inFolder(workDir.resolve("data")), overrides);
    }

    private static MilvusServer start(
            Path workDir, MilvusRelease release, MilvusFiles files, Map<String, String> overrides) {
        Assumptions.assumeTrue(release.available(), release::unavailableBecause);
        try {
            Path databases = MemoryFolders.inMemory("migrator-milvus").orElse(workDir);
            for (int attempt = 1; ; attempt++) {
                MilvusSettings settings = MilvusSettings.on(release, files, overrides);
                try {
                    settings.write(workDir, databases);
                    return new MilvusServer(workDir, databases, settings, launch(workDir, settings));
                } catch (IllegalStateException e) {
                    // Another process may have taken one of the ports in between; its message is in the log.
                    boolean portTaken = String.valueOf(e.getMessage()).contains("address already in use")
                            || Files.readString(workDir.resolve("milvus.log")).contains("address already in use");
                    if (!portTaken || attempt == ATTEMPTS) {
                        throw e;
                    }
                    LabCache.deleteTree(workDir);
                    LabCache.deleteTree(databases);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerProcess launch(Path workDir, MilvusSettings settings) throws IOException {
        Path binaries = settings.release().binaries();
        ProcessBuilder builder = new ProcessBuilder(binaries.resolve("milvus").toString(), "run", "standalone")
                .directory(workDir.toFile());
        builder.environment()
                .putAll(Map.of(
                        "DEPLOY_MODE", "STANDALONE",
                        "METRICS_PORT", Integer.toString(settings.managementPort()),
                        "MILVUS_RUN_DIR",
                                Files.createDirectories(workDir.resolve("run")).toString(),
                        "LD_LIBRARY_PATH", binaries.toString(),
                        "MILVUSCONF", workDir.resolve("configs").toString()));
        ServerProcess process = new ServerProcess("milvus", builder, workDir.resolve("milvus.log"));
        // 2.2 calls itself healthy as long as none of its parts has begun; the port tells that they have.
        process.await("opens its port", READY, () -> FreePorts.taken(settings.port()));
        process.awaitHttp(URI.create("http://127.0.0.1:" + settings.managementPort() + "/healthz"), READY, 200);
        return process;
    }

    public String address() {
        return "127.0.0.1";
    }

    public int port() {
        return settings.port();
    }

    /** Base URL of the management port. */
    public String management() {
        return "http://127.0.0.1:" + settings.managementPort();
    }

    /** Empty where its files lie in a local folder. */
    public String bucket() {
        return settings.files().bucket();
    }

    /** Root path in the bucket, or the absolute path of the local folder. */
    public String rootPath() {
        return settings.files().rootPath();
    }

    /** How migrator reaches it, without a user. */
    public MilvusConfig config() {
        return config("", "");
    }

    public MilvusConfig config(String user, String password) {
        return MilvusConfig.plain(address(), port(), user, new Secret(password));
    }

    /** Stops the server and keeps its data and ports for {@link #startAgain}. */
    public void stop() {
        process.close();
    }

    /** {@code kill -9} of the server; what it had not written is gone, ports and data stay for {@link #startAgain}. */
    public void kill() {
        process.kill();
    }

    public void startAgain() {
        try {
            process = launch(workDir, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once: nobody wants its data any more, and a Milvus that is asked to end takes more than five seconds. */
    @Override
    public void close() {
        process.kill();
        if (!databases.equals(workDir)) {
            try {
                LabCache.deleteTree(databases);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
