package io.migrator.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A MinIO server on a free port of this host. */
public final class MinioServer implements S3Lab {
    private static final Duration READY = Duration.ofSeconds(60);

    private final ProcessBuilder builder;
    private final Path log;
    private final int port;
    private final String accessKey;
    private final String secretKey;
    private ServerProcess process;

    private MinioServer(ProcessBuilder builder, Path log, int port, String accessKey, String secretKey)
            throws IOException {
        this.builder = builder;
        this.log = log;
        this.port = port;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.process = run();
    }

    /** Starts a server that keeps its data and log under {@code workDir}. Call only where {@link #available()}. */
    public static MinioServer start(Path workDir) {
        return start(workDir, "minioadmin", "minioadmin");
    }

    /** @param secretKey at least 8 characters */
    public static MinioServer start(Path workDir, String accessKey, String secretKey) {
        return start(workDir, accessKey, secretKey, Map.of());
    }

    /** One that has a key to encrypt by. */
    public static MinioServer startWithKmsKey(Path workDir, String keyId) {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        return start(workDir, "minioadmin", "minioadmin", Map.of("MINIO_KMS_SECRET_KEY", keyId + ":" + key));
    }

    private static MinioServer start(
            Path workDir, String accessKey, String secretKey, Map<String, String> environment) {
        Path binary = Binary.FOUND.path().orElseThrow(() -> new IllegalStateException(Binary.FOUND.why()));
        int port = FreePorts.one();
        try {
            Path data = Files.createDirectories(workDir.resolve("minio-data"));
            ProcessBuilder builder = new ProcessBuilder(
                    binary.toString(), "server", "--quiet", "--address", "127.0.0.1:" + port, data.toString());
            builder.environment().keySet().removeIf(name -> name.startsWith("MINIO_"));
            builder.environment().put("MINIO_ROOT_USER", accessKey);
            builder.environment().put("MINIO_ROOT_PASSWORD", secretKey);
            builder.environment().put("MINIO_BROWSER", "off");
            builder.environment().put("MINIO_UPDATE", "off");
            builder.environment().putAll(environment);
            return new MinioServer(builder, workDir.resolve("minio.log"), port, accessKey, secretKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerProcess run() throws IOException {
        ServerProcess started = new ServerProcess("minio", builder, log);
        // Its health page says ready before it can check a signature.
        started.await("answers signed requests", READY, () -> Buckets.canBeAsked(this));
        return started;
    }

    /** {@code kill -9}; data and port stay for {@link #startAgain}. */
    public void kill() {
        process.kill();
    }

    public void startAgain() {
        try {
            process = run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the binary is there or could be built; the first question on a machine may take minutes. */
    public static boolean available() {
        return Binary.FOUND.path().isPresent();
    }

    /** Why it is not available; empty where it is. */
    public static String unavailableBecause() {
        return Binary.FOUND.why();
    }

    @Override
    public String kind() {
        return "MinIO";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String accessKey() {
        return accessKey;
    }

    @Override
    public String secretKey() {
        return secretKey;
    }

    @Override
    public void close() {
        process.close();
    }

    /** Where the program is, asked once a JVM. */
    private record Binary(Optional<Path> path, String why) {
        private static final Binary FOUND = find();

        private static Binary find() {
            String named = System.getenv("MIGRATOR_MINIO");
            if (named != null && !named.isBlank()) {
                Path path = Path.of(named);
                return Files.isExecutable(path)
                        ? new Binary(Optional.of(path), "")
                        : new Binary(Optional.empty(), "MIGRATOR_MINIO names no program: " + named);
            }
            try {
                return new Binary(
                        Optional.of(LabCache.folder("minio", Binary::build).resolve("minio")), "");
            } catch (IOException e) {
                return new Binary(Optional.empty(), "no MinIO server: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Binary(Optional.empty(), "no MinIO server: interrupted while it was built");
            }
        }

        private static void build(Path folder) throws IOException, InterruptedException {
            GoInstall.into(folder, "github.com/minio/minio@latest", "minio");
        }
    }
}
