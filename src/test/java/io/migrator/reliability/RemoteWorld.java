package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.backup.RemoteRecords;
import io.migrator.config.RepositoryConfig;
import io.migrator.lab.Fill;
import io.migrator.lab.FreePorts;
import io.migrator.lab.LabClient;
import io.migrator.lab.MinioServer;
import io.migrator.lab.PostgresServer;
import io.migrator.process.Bucket;
import io.migrator.process.Desk;
import io.migrator.process.MigrationLab;
import io.migrator.process.Outcome;
import io.migrator.process.WideCollection;
import io.milvus.grpc.DropCollectionRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Real servers for backups that workers make: two Milvus on a MinIO, a vault on another, whose bucket keeps every version that
 * was written, a PostgreSQL, and hosts with a network of their own to each.
 */
final class RemoteWorld implements AutoCloseable {
    static final String COLLECTION = "shared";
    private static final String VAULT = "vault-of-workers";
    private static final int FIELDS = 40;
    private static final int PARTITIONS = 4;
    private static final int FLUSHES = 3;

    private final MigrationLab lab;
    private final MinioServer vault;
    private final PostgresServer postgres;
    private final RepositoryConfig database;
    private final RemoteRecords records;
    private final Ports ports = new Ports(FreePorts.one(), FreePorts.one(), FreePorts.one());
    private final List<RemoteHost> hosts = new ArrayList<>();
    private final Path folder;
    private int restores;

    /** By which each host reaches the servers, on its own address. */
    record Ports(int database, int source, int vault) {}

    /** What the vault holds of a backup: keys of its own, and how many copies. */
    record Shape(List<String> own, int copies) {}

    RemoteWorld(Path folder, MigrationLab lab, int hostCount) {
        this.folder = folder;
        this.lab = lab;
        try {
            this.vault = MinioServer.start(Files.createDirectories(folder.resolve("vault")));
            this.postgres = PostgresServer.start(Files.createDirectories(folder.resolve("postgres")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        vault.createVersionedBucket(VAULT);
        this.database = postgres.database();
        this.records = new RemoteRecords(database, postgres);
        for (int i = 0; i < hostCount; i++) {
            hosts.add(new RemoteHost("host " + i, "127.0.0." + (2 + i), folder, this));
        }
        WideCollection.fill(lab.clientA(), COLLECTION, FIELDS, PARTITIONS, FLUSHES);
        Fill fill = new Fill(lab.clientA());
        fill.load(COLLECTION);
        fill.delete(COLLECTION, "id in [0, 7]");
        fill.flush(COLLECTION);
    }

    MigrationLab lab() {
        return lab;
    }

    MinioServer vault() {
        return vault;
    }

    PostgresServer postgres() {
        return postgres;
    }

    RemoteRecords records() {
        return records;
    }

    Ports ports() {
        return ports;
    }

    List<RemoteHost> hosts() {
        return hosts;
    }

    /** With the names that each host has addresses of its own for. */
    Desk desk() {
        return lab.deskA(inVault(
                RemoteHost.VAULT,
                ports.vault(),
                "minio.address",
                RemoteHost.SOURCE,
                "minio.port",
                String.valueOf(ports.source()),
                "repository.url",
                "jdbc:postgresql://%s:%d/%s"
                        .formatted(
                                RemoteHost.DATABASE,
                                ports.database(),
                                database.url().replaceFirst(".*/", "")),
                "repository.user",
                database.user(),
                "repository.password",
                database.password().reveal()));
    }

    private String[] inVault(String address, int port, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "minio.backupStorageType",
                "minio",
                "minio.backupAddress",
                address,
                "minio.backupPort",
                String.valueOf(port),
                "minio.backupAccessKeyID",
                vault.accessKey(),
                "minio.backupSecretAccessKey",
                vault.secretKey(),
                "minio.backupBucketName",
                VAULT));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    Shape shape(String name) {
        String dir = "backup/" + name + "/";
        List<String> keys = new Bucket(vault, VAULT)
                .keys(dir).stream().map(key -> key.substring(dir.length())).toList();
        List<String> own =
                keys.stream().filter(key -> !key.startsWith("binlogs/")).toList();
        return new Shape(own, keys.size() - own.size());
    }

    /** How often each copy of a backup was written, as the store tells. */
    Map<String, Integer> writes(String name) {
        return new Bucket(vault, VAULT).writes("backup/" + name + "/binlogs/");
    }

    /** Each byte is read and compared with what the backup says of it. */
    void requireProven(String name) {
        Outcome proof =
                lab.deskA(inVault(vault.host(), vault.port())).runHere("--job=verify", "name=" + name, "mode=deep");
        assertThat(proof).as("proof of %s", name).returns(0, Outcome::exitCode);
    }

    /** Restores it into the other Milvus, which has the rows of the source then; drops them there. */
    void requireRestorable(String name) {
        String suffix = "_r" + ++restores;
        Outcome restored = lab.deskB(inVault(vault.host(), vault.port()))
                .runHere("--job=restore", "name=" + name, "suffix=" + suffix);
        assertThat(restored).as("restore of %s", name).returns(0, Outcome::exitCode);
        assertThat(lab.filesOfB(COLLECTION + suffix)).as("rows of %s", name).isEqualTo(lab.filesOfA(COLLECTION));
        LabClient.require(lab.clientB()
                .stub()
                .dropCollection(DropCollectionRequest.newBuilder()
                        .setCollectionName(COLLECTION + suffix)
                        .build()));
    }

    @Override
    public void close() {
        hosts.forEach(RemoteHost::close);
        postgres.close();
        vault.close();
    }
}
