package io.migrator.million;

import io.migrator.catalog.Catalog;
import io.migrator.config.StorageConfig.Side;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.format.own.Seal;
import io.migrator.format.own.Seal.SealedFile;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The generated backup as a folder that a process can be given: binlogs without content, all else as migrator writes it. */
final class VaultOnDisk {
    private static final String RUN_ID = "t";
    private static final VaultLayout LAYOUT = new VaultLayout("", GeneratedVault.BACKUP);

    private final Path vault;
    private final Path config;
    private final long objects;

    /** @param folder an empty one */
    VaultOnDisk(Path folder, int segments) throws IOException {
        vault = folder.resolve("vault");
        config = folder.resolve("backup.yaml");
        try (ObjectStore files = Stores.open(new LocalFolders(folder).storage(Side.VAULT, "vault", ""))) {
            GeneratedVault generated = new GeneratedVault(vault, segments, files, "");
            objects = generated.objects();
            for (StoredObject object : (Iterable<StoredObject>) generated.binlogs(LAYOUT.dataDir())::iterator) {
                write(object);
            }
            BackupInfo backup = new Catalog(files, "").read(GeneratedVault.BACKUP);
            for (MetaFile file : MetaFile.values()) {
                try (OutputStream out = Files.newOutputStream(vault.resolve(LAYOUT.meta(file)))) {
                    MetaJson.write(backup, file, out);
                }
            }
            Files.createDirectories(vault.resolve(LAYOUT.schemasDir()));
            for (CollectionInfo collection : backup.collections()) {
                Files.write(vault.resolve(LAYOUT.rawSchema(collection.collectionId())), schema(collection));
            }
            Files.write(vault.resolve(LAYOUT.runRecord()), OwnJson.write(record(backup)));
            Files.write(vault.resolve(LAYOUT.seal()), seal(files).write());
        }
        Files.writeString(
                config,
                """
                milvus: {address: 127.0.0.1, port: 1}
                minio: {storageType: local, rootPath: %1$s, backupStorageType: local, backupRootPath: %1$s}
                """
                        .formatted(vault));
    }

    long objects() {
        return objects;
    }

    /** What migrator is started with to work on it. */
    Path config() {
        return config;
    }

    private void write(StoredObject object) throws IOException {
        Path path = vault.resolve(object.key());
        Files.createDirectories(path.getParent());
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(object.size());
        }
    }

    private static byte[] schema(CollectionInfo collection) {
        return DescribeCollectionResponse.newBuilder()
                .setCollectionID(collection.collectionId())
                .setSchema(CollectionSchema.newBuilder().setName(collection.name()))
                .build()
                .toByteArray();
    }

    private static RunRecord record(BackupInfo backup) {
        List<RunRecord.Collection> collections = new ArrayList<>();
        for (CollectionInfo collection : backup.collections()) {
            List<SegmentInfo> segments = collection.partitions().stream()
                    .map(PartitionInfo::segments)
                    .flatMap(List::stream)
                    .toList();
            collections.add(new RunRecord.Collection(
                    collection.database(),
                    collection.name(),
                    collection.collectionId(),
                    segments.size(),
                    segments.stream().mapToLong(SegmentInfo::rows).sum(),
                    segments.stream()
                            .mapToLong(segment -> LAYOUT.files(segment).count())
                            .sum(),
                    collection.size(),
                    Instant.EPOCH,
                    0));
        }
        return new RunRecord(
                RUN_ID,
                "backup",
                "migrator",
                "0",
                "host",
                Instant.EPOCH,
                Instant.EPOCH,
                "v2.3.5",
                "server-side",
                collections.stream().mapToLong(RunRecord.Collection::objects).sum(),
                backup.size(),
                0,
                collections,
                List.of(),
                "bucket-a/files",
                "",
                "",
                List.of(),
                true,
                null);
    }

    private Seal seal(ObjectStore files) throws IOException {
        List<SealedFile> sealed = new ArrayList<>();
        for (String dir : List.of(LAYOUT.metaDir(), LAYOUT.ownDir())) {
            for (StoredObject object : files.list(dir).toList()) {
                try (InputStream content = files.open(object.key())) {
                    sealed.add(new SealedFile(
                            object.key().substring(LAYOUT.backupDir().length()),
                            object.size(),
                            ContentDigest.of(content, Checksum.SHA256)));
                }
            }
        }
        return new Seal(RUN_ID, sealed);
    }
}
