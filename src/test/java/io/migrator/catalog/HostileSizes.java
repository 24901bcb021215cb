package io.migrator.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Reads backups that are much larger than the heap of its process, as {@link HostileSizesTest} starts it. */
final class HostileSizes {
    private static final int PIECE = 1 << 20;

    private final Path folder;
    private final VaultLayout layout = new VaultLayout("", "b");

    private HostileSizes(Path folder) {
        this.folder = folder;
    }

    /** @param args an empty folder; MiB of the dense metas; MiB of blank text */
    public static void main(String[] args) throws IOException {
        new HostileSizes(Path.of(args[0])).run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }

    private void run(int dense, int blank) throws IOException {
        try (ObjectStore store = Stores.open(new LocalFolders(folder).storage(Side.VAULT, "vault", ""))) {
            Catalog catalog = new Catalog(store, "");
            for (String item :
                    List.of("{},", "{\"partition_backups\":[{},{}]},", "{\"aliases\":[\"a\",\"b\",\"c\"]},")) {
                put(MetaFile.FULL, "{\"collection_backups\":[", item, dense);
                refused(item, catalog);
            }
            put(MetaFile.FULL, "{\"collection_backups\":[{\"properties\":[", "{\"key\":\"k\",\"value\":\"v\"},", dense);
            refused("properties", catalog);
            put(MetaFile.FULL, "{", " ", blank);
            refused("blank", catalog);
            put(MetaFile.FULL, "{\"unknown\":[", "[1,[2]],", dense);
            refused("unknown", catalog);
            Files.delete(path(layout.meta(MetaFile.FULL)));
            for (MetaFile file : MetaFile.values()) {
                if (file != MetaFile.FULL) {
                    put(file, "{\"infos\":[", "{},", dense);
                }
            }
            refused("levels", catalog);
            put(MetaFile.BACKUP, "{\"collection_backups\":[", "{},", 3);
            catalog.list().forEach(backup -> System.out.println("listed: " + backup.state()));
            zipped(layout.objectManifest(), 4 * dense);
            FileCheck check = catalog.checkFiles(
                    "b",
                    new BackupInfo(null, 0, "b", List.of(), 0, null, null, List.of(), null, null, List.of(), null),
                    List.of());
            System.out.println("manifest: " + check.findings().get(0).kind());
        }
    }

    private static void refused(String what, Catalog catalog) {
        try {
            catalog.read("b");
            System.out.println(what + ": read");
        } catch (MigratorException e) {
            System.out.println(what + ": " + e.failure() + " " + e.getMessage());
        }
    }

    private void put(MetaFile file, String begin, String item, int mebibytes) throws IOException {
        if (!Files.exists(path(layout.meta(MetaFile.BACKUP)))) {
            Files.createDirectories(path(layout.metaDir()));
            Files.writeString(path(layout.meta(MetaFile.BACKUP)), "{\"name\":\"b\"}");
        }
        try (OutputStream out = Files.newOutputStream(path(layout.meta(file)))) {
            out.write(begin.getBytes(UTF_8));
            fill(out, item, mebibytes);
        }
    }

    private void zipped(String key, int mebibytes) throws IOException {
        Files.createDirectories(path(layout.ownDir()));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path(key)), 1 << 16)) {
            fill(out, " ", mebibytes);
        }
    }

    private static void fill(OutputStream out, String item, int mebibytes) throws IOException {
        byte[] piece = item.repeat(PIECE / item.length()).getBytes(UTF_8);
        for (long written = 0; written < (long) mebibytes * PIECE; written += piece.length) {
            out.write(piece);
        }
    }

    private Path path(String key) {
        return folder.resolve("vault").resolve(key);
    }
}
