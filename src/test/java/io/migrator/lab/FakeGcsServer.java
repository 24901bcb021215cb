package io.migrator.lab;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** fake-gcs-server, an emulator of Google Cloud Storage. It looks at no token. */
public final class FakeGcsServer implements StoreLab {
    private static final Duration READY = Duration.ofSeconds(60);

    private final ServerProcess process;
    private final int port;
    private final GoogleAccount account = new GoogleAccount();

    private FakeGcsServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server that keeps objects in memory, with its log under {@code workDir}. Call only where {@link #available()}. */
    public static FakeGcsServer start(Path workDir) {
        return start(workDir, "-backend", "memory");
    }

    /**
     * The same with objects as files, for many or large ones: in memory it looks at every object of the bucket four times
     * for each one written. A file is replaced in place, so readers may see a mixture.
     */
    public static FakeGcsServer startOnDisk(Path workDir) {
        return start(
                workDir,
                "-backend",
                "filesystem",
                "-filesystem-root",
                workDir.resolve("fake-gcs-data").toString());
    }

    private static FakeGcsServer start(Path workDir, String... backend) {
        Path binary = Binary.FOUND.path().orElseThrow(() -> new IllegalStateException(Binary.FOUND.why()));
        int port = FreePorts.one();
        String address = "127.0.0.1:" + port;
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    binary.toString(),
                    "-scheme",
                    "http",
                    "-host",
                    "127.0.0.1",
                    "-port",
                    Integer.toString(port),
                    "-public-host",
                    address,
                    "-external-url",
                    "http://" + address,
                    "-log-level",
                    "error");
            builder.command().addAll(List.of(backend));
            ServerProcess process = new ServerProcess("fake-gcs", builder, workDir.resolve("fake-gcs.log"));
            process.awaitHttp(URI.create("http://" + address + "/storage/v1/b?project=lab"), READY, 200);
            return new FakeGcsServer(process, port);
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
        return "fake-gcs-server";
    }

    /** The account whose key the configuration of {@link #storage} holds. */
    public GoogleAccount account() {
        return account;
    }

    @Override
    public StorageConfig storage(StorageConfig.Side side, String bucket, String rootPath) {
        return storage(side, bucket, rootPath, account.json());
    }

    public StorageConfig storage(StorageConfig.Side side, String bucket, String rootPath, String accountJson) {
        return new StorageConfig(
                side,
                StorageType.GCPNATIVE,
                "127.0.0.1",
                port,
                "",
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                new Secret(accountJson),
                false,
                false,
                "",
                bucket,
                rootPath,
                500);
    }

    @Override
    public void createBucket(String bucket) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/storage/v1/b?project=lab"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + bucket + "\"}"))
                .build();
        try {
            int status = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .statusCode();
            if (status != 200 && status != 409) {
                throw new IllegalStateException("no bucket " + bucket + ": HTTP " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        account.close();
        process.close();
    }

    /** Where the program is, asked once a JVM. */
    private record Binary(Optional<Path> path, String why) {
        private static final Binary FOUND = find();

        private static Binary find() {
            try {
                Path folder = LabCache.folder(
                        "fake-gcs-server",
                        empty -> GoInstall.into(empty, "github.com/fsouza/fake-gcs-server@latest", "fake-gcs-server"));
                return new Binary(Optional.of(folder.resolve("fake-gcs-server")), "");
            } catch (IOException e) {
                return new Binary(Optional.empty(), "no fake-gcs-server: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Binary(Optional.empty(), "no fake-gcs-server: interrupted while it was built");
            }
        }
    }
}
