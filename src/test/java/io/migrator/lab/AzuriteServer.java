package io.migrator.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Azurite, Microsoft's emulator of Azure Blob Storage, with two accounts. */
public final class AzuriteServer implements StoreLab {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final String FIRST = "accounta";
    private static final String SECOND = "accountb";

    private final ServerProcess process;
    private final int port;

    private AzuriteServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server that keeps its data and log under {@code workDir}. Call only where {@link #available()}. */
    public static AzuriteServer start(Path workDir) {
        Path program = Program.FOUND.path().orElseThrow(() -> new IllegalStateException(Program.FOUND.why()));
        int port = FreePorts.one();
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    "node",
                    program.toString(),
                    "--blobHost",
                    "127.0.0.1",
                    "--blobPort",
                    Integer.toString(port),
                    "--location",
                    Files.createDirectories(workDir.resolve("azurite-data")).toString(),
                    "--skipApiVersionCheck",
                    "--disableTelemetry",
                    "--silent");
            builder.environment().put("AZURITE_ACCOUNTS", FIRST + ":" + key(FIRST) + ";" + SECOND + ":" + key(SECOND));
            ServerProcess process = new ServerProcess("azurite", builder, workDir.resolve("azurite.log"));
            process.awaitHttp(URI.create("http://127.0.0.1:" + port + "/" + FIRST), READY, 400, 403);
            return new AzuriteServer(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String account) {
        return Base64.getEncoder().encodeToString(("key of " + account).getBytes(UTF_8));
    }

    /** Whether the program is there or could be installed; the first question on a machine may take minutes. */
    public static boolean available() {
        return Program.FOUND.path().isPresent();
    }

    /** Why it is not available; empty where it is. */
    public static String unavailableBecause() {
        return Program.FOUND.why();
    }

    @Override
    public String kind() {
        return "Azurite";
    }

    @Override
    public StorageConfig storage(StorageConfig.Side side, String bucket, String rootPath) {
        return storage(FIRST, side, bucket, rootPath);
    }

    /** The same of the other account, whose key does not open the first. */
    public StorageConfig storageOfSecondAccount(StorageConfig.Side side, String bucket, String rootPath) {
        return storage(SECOND, side, bucket, rootPath);
    }

    private StorageConfig storage(String account, StorageConfig.Side side, String bucket, String rootPath) {
        return new StorageConfig(
                side,
                StorageType.AZURE,
                "127.0.0.1",
                port,
                "",
                new Secret(account),
                new Secret(key(account)),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                bucket,
                rootPath,
                500);
    }

    @Override
    public void createBucket(String bucket) {
        container(FIRST, bucket).createIfNotExists();
    }

    public void createBucketOfSecondAccount(String bucket) {
        container(SECOND, bucket).createIfNotExists();
    }

    /** A shared access signature for everything in the container of the first account. */
    public String signature(String bucket) {
        BlobContainerSasPermission all = BlobContainerSasPermission.parse("racwdl");
        return container(FIRST, bucket)
                .generateSas(new BlobServiceSasSignatureValues(
                        OffsetDateTime.now(ZoneOffset.UTC).plusHours(1), all));
    }

    /** Sends a block of a blob of the first account that nobody is going to finish. */
    public void sendBlock(String bucket, String key) {
        container(FIRST, bucket)
                .getBlobClient(key)
                .getBlockBlobClient()
                .stageBlock(Base64.getEncoder().encodeToString("1".getBytes(UTF_8)), BinaryData.fromString("block"));
    }

    private BlobContainerClient container(String account, String bucket) {
        return new BlobContainerClientBuilder()
                .endpoint("http://127.0.0.1:" + port + "/" + account)
                .credential(new StorageSharedKeyCredential(account, key(account)))
                .containerName(bucket)
                .httpClient(
                        new JdkHttpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)).build())
                .buildClient();
    }

    @Override
    public void close() {
        process.close();
    }

    /** Where the program is, asked once a JVM. */
    private record Program(Optional<Path> path, String why) {
        private static final Program FOUND = find();
        private static final String VERSION = "3.37.0";
        private static final int INSTALL_MINUTES = 5;

        private static Program find() {
            try {
                Path folder = LabCache.folder("azurite-" + VERSION, Program::install);
                return new Program(Optional.of(folder.resolve("node_modules/azurite/dist/src/blob/main.js")), "");
            } catch (IOException e) {
                return new Program(Optional.empty(), "no Azurite: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Program(Optional.empty(), "no Azurite: interrupted while it was installed");
            }
        }

        private static void install(Path folder) throws IOException, InterruptedException {
            Path log = Files.createTempFile("migrator-npm-install", ".log");
            try {
                Process process = new ProcessBuilder(
                                "npm",
                                "install",
                                "--no-audit",
                                "--no-fund",
                                "--prefix",
                                folder.toString(),
                                "azurite@" + VERSION)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IOException("npm install took more than " + INSTALL_MINUTES + " minutes");
                }
                if (process.exitValue() != 0) {
                    throw new IOException("npm install failed: " + Files.readString(log));
                }
            } finally {
                Files.deleteIfExists(log);
            }
        }
    }
}
