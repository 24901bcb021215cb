package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.ServerRows;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.MilvusRelease;
import io.migrator.lab.MilvusServer;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Milvus on local storage as source and target, with a vault in a folder of its own: no object store at all. */
final class LocalMilvusIT {
    @TempDir
    private Path dir;

    @Test
    void goesThroughAFolderIntoAMilvusOnLocalStorage() throws IOException {
        Path vault = Files.createDirectory(dir.resolve("vault"));
        Path milvusDir = Files.createDirectory(dir.resolve("milvus"));
        Map<String, String> quick = Map.of("dataCoord.enableCompaction", "false");
        try (MilvusServer server = MilvusServer.startLocal(milvusDir, MilvusRelease.V2_3_5, quick);
                LabClient client = LabClient.to(server);
                ObjectStore files = Stores.open(folder(Path.of(server.rootPath())))) {
            new Fill(client).old("m", "m_alias", 1000);
            Desk desk = Desk.at(dir.resolve("desk"), settings(server, vault));
            assertThat(desk.runHere("--job=backup", "collection=m", "name=b")).returns(0, Outcome::exitCode);
            assertThat(vault.resolve("b/meta/full_meta.json")).exists();
            RowDigest wanted = new ServerRows(client, files).digest("m");
            assertThat(wanted.rows()).isPositive();

            // Carried elsewhere by means that keep no times, as on a disk.
            Path carried = dir.resolve("carried");
            try (var paths = Files.walk(vault)) {
                for (Path path : (Iterable<Path>) paths::iterator) {
                    Files.copy(path, carried.resolve(vault.relativize(path).toString()));
                }
            }
            Desk there = Desk.at(dir.resolve("there"), settings(server, carried));
            Outcome restore = there.runHere("--job=restore", "name=b", "suffix=_bak");
            assertThat(restore).as(restore.errors()).returns(0, Outcome::exitCode);
            assertThat(new ServerRows(client, files).digest("m_bak")).isEqualTo(wanted);
            assertThat(files.list("migrator-staging/")).isEmpty();
        }
    }

    private static StorageConfig folder(Path path) {
        return new LocalFolders(path.getParent())
                .storage(Side.MILVUS, path.getFileName().toString(), "");
    }

    private static Map<String, String> settings(MilvusServer server, Path vault) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("milvus.port", String.valueOf(server.port()));
        settings.put("minio.storageType", "local");
        settings.put("minio.rootPath", server.rootPath());
        settings.put("minio.backupRootPath", vault.toString());
        settings.put("backup.gcPause.address", server.management());
        return settings;
    }
}
