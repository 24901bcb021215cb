package io.migrator.million;

import io.migrator.catalog.Catalog;
import io.migrator.catalog.FileCheck;
import io.migrator.config.StorageConfig.Side;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Reads, checks and deletes a backup of very many objects, and prints what each took. By hand with a million, on the
 * classpath of the tests: {@code java -Xmx512m io.migrator.million.MillionObjects <empty folder> 142858}.
 */
public final class MillionObjects {
    private MillionObjects() {}

    /** @param args an empty folder; number of segments, each of seven objects */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        ObjectStore files = Stores.open(new LocalFolders(folder).storage(Side.VAULT, "vault", ""));
        GeneratedVault vault = new GeneratedVault(folder.resolve("vault"), Integer.parseInt(args[1]), files, "e");
        Catalog catalog = new Catalog(vault.store(), "");
        timed("list", vault, catalog::list);
        BackupInfo backup = timed("read", vault, () -> catalog.read(GeneratedVault.BACKUP));
        FileCheck check = timed(
                "check",
                vault,
                () -> catalog.checkFiles(
                        GeneratedVault.BACKUP,
                        backup,
                        backup.collections().stream()
                                .map(CollectionInfo::collectionId)
                                .toList()));
        timed("delete", vault, () -> catalog.delete(GeneratedVault.BACKUP));
        boolean whole = check.clean() && check.objects() == vault.objects() && check.etagsCompared();
        System.out.println((whole ? "whole: " : "NOT WHOLE: ")
                + check.findings().stream().limit(3).toList());
        System.exit(whole && vault.deleted() >= vault.objects() ? 0 : 1);
    }

    private static <T> T timed(String what, GeneratedVault vault, Callable<T> work) throws Exception {
        long begin = System.nanoTime();
        T result = work.call();
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        long kept = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                .sum();
        System.out.printf(
                "{\"work\":\"%s\",\"objects\":%d,\"heap_mib\":%d,\"seconds\":%.1f,\"peak_mib\":%d,\"kept_mib\":%d}%n",
                what,
                vault.objects(),
                Runtime.getRuntime().maxMemory() >> 20,
                (System.nanoTime() - begin) / 1e9,
                peak >> 20,
                kept >> 20);
        return result;
    }
}
