package io.migrator.store;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.Transfer;
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

    private static final int OF_A_BUCKET = 6;

    /** What {@link #main} is told of a bucket on this host. */
    static List<String> words(StorageConfig config) {
        return List.of(
                config.type().name(),
                Integer.toString(config.port()),
                config.bucketName(),
                config.accessKeyId().reveal(),
                config.secretAccessKey().reveal(),
                config.gcpCredentialJson().reveal());
    }

    /** Of an object of the source. */
    static String key(int number) {
        return "object-" + number;
    }

    /** @param args the source, the target, objects, bytes of each, in flight */
    public static void main(String[] args) throws IOException {
        StorageConfig from = config(Side.MILVUS, args, 0);
        StorageConfig to = config(Side.VAULT, args, OF_A_BUCKET);
        int objects = Integer.parseInt(args[2 * OF_A_BUCKET]);
        long size = Long.parseLong(args[2 * OF_A_BUCKET + 1]);
        int inFlight = Integer.parseInt(args[2 * OF_A_BUCKET + 2]);
        List<CopyRequest> requests = IntStream.range(0, objects)
                .mapToObj(i -> new CopyRequest(new StoredObject(key(i), size, ""), "copy-" + i))
                .toList();
        long began = System.nanoTime();
        try (ObjectStore source = Stores.open(from);
                ObjectStore target = Stores.open(to)) {
            List<CopyResult> results = CopyEngine.between(source, target, Transfer.STREAM, inFlight)
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

    private static StorageConfig config(Side side, String[] args, int at) {
        return new StorageConfig(
                side,
                StorageType.valueOf(args[at]),
                "127.0.0.1",
                Integer.parseInt(args[at + 1]),
                "",
                new Secret(args[at + 3]),
                new Secret(args[at + 4]),
                Secret.NONE,
                new Secret(args[at + 5]),
                false,
                false,
                "",
                args[at + 2],
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
