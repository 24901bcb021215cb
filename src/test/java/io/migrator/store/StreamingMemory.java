package io.migrator.store;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.store.Stores.Transfer;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A process that does nothing but stream objects from one server to another, to be given a heap of a certain size. */
final class StreamingMemory {
    private StreamingMemory() {}

    /** @param args port of the source, port of the target, objects, bytes of each, in flight */
    public static void main(String[] args) throws IOException {
        long size = Long.parseLong(args[3]);
        List<CopyRequest> requests = IntStream.range(0, Integer.parseInt(args[2]))
                .mapToObj(i -> new CopyRequest(new StoredObject("object-" + i, size, ""), "copy-" + i))
                .toList();
        long began = System.nanoTime();
        try (ObjectStore source = Stores.open(config(Integer.parseInt(args[0]), "source"));
                ObjectStore target = Stores.open(config(Integer.parseInt(args[1]), "target"))) {
            List<CopyResult> results = Stores.copyEngine(source, target, Transfer.STREAM, Integer.parseInt(args[4]))
                    .copy(requests, () -> false);
            long copied = results.stream()
                    .filter(result -> result.outcome() == CopyResult.Outcome.COPIED)
                    .count();
            System.out.printf(
                    Locale.ROOT,
                    "copied %d of %d objects, %d MiB each, in %.1f s, %.1f s of them collecting garbage; heap %d MiB of %d MiB; %s%n",
                    copied,
                    requests.size(),
                    size >> 20,
                    (System.nanoTime() - began) / 1e9,
                    collecting() / 1e3,
                    Runtime.getRuntime().totalMemory() >> 20,
                    Runtime.getRuntime().maxMemory() >> 20,
                    residentAtMost());
            System.exit(copied == requests.size() ? 0 : 1);
        }
    }

    private static StorageConfig config(int port, String bucket) {
        return new StorageConfig(
                Side.VAULT,
                StorageType.MINIO,
                "127.0.0.1",
                port,
                "",
                new Secret("key"),
                new Secret("secret"),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                bucket,
                "",
                500);
    }

    private static long collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** What Linux has to say about it. */
    private static String residentAtMost() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                ? "resident size not known"
                : Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .findFirst()
                        .orElse("")
                        .replaceAll("\\s+", " ");
    }
}
