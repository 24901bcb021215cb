package io.migrator.bench;

import com.sun.management.OperatingSystemMXBean;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Streams the same objects between two S3 servers again and again in one JVM, so that its last rounds are the steady state:
 * by the copy engine, or by the least that a JVM can do, the HTTP client of the JDK without a digest, a signature, or a retry.
 */
public final class StreamLoop {
    private static final int IN_FLIGHT = 16;

    private StreamLoop() {}

    /** @param args {@code engine} or {@code bare}, rounds, port and bucket of the source, prefix, port and bucket of the target */
    public static void main(String[] args) throws Exception {
        StorageConfig from = storage(Side.MILVUS, args[2], args[3]);
        StorageConfig to = storage(Side.VAULT, args[5], args[6]);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (ObjectStore source = Stores.open(from);
                ObjectStore target = Stores.open(to)) {
            List<StoredObject> objects = source.list(args[4]).toList();
            double gib = objects.stream().mapToLong(StoredObject::size).sum() / (double) (1 << 30);
            CopyEngine engine = CopyEngine.between(source, target, Transfer.STREAM, IN_FLIGHT);
            for (int round = 0; round < Integer.parseInt(args[1]); round++) {
                String prefix = "loop" + round % 2 + "/";
                long cpu = system.getProcessCpuTime();
                long began = System.nanoTime();
                if (args[0].equals("bare")) {
                    bare(objects, base(from), base(to) + prefix);
                } else {
                    engine.copy(
                            objects.stream()
                                    .map(object -> new CopyRequest(object, prefix + object.key()))
                                    .toList(),
                            () -> false);
                }
                double seconds = (System.nanoTime() - began) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "%s round %d: %.1f s, %.0f MiB/s, %.2f processor s per GiB%n",
                        args[0],
                        round,
                        seconds,
                        gib * 1024 / seconds,
                        (system.getProcessCpuTime() - cpu) / 1e9 / gib);
            }
        }
        System.exit(0);
    }

    private static StorageConfig storage(Side side, String port, String bucket) {
        return new StorageConfig(
                side,
                StorageType.MINIO,
                "127.0.0.1",
                Integer.parseInt(port),
                "",
                new Secret("minioadmin"),
                new Secret("minioadmin"),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                bucket,
                "",
                500);
    }

    private static String base(StorageConfig bucket) {
        return "http://127.0.0.1:%d/%s/".formatted(bucket.port(), bucket.bucketName());
    }

    private static void bare(List<StoredObject> objects, String from, String to) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT);
        List<Future<?>> copies = objects.stream()
                .<Future<?>>map(object -> threads.submit(() -> bare(client, object, from, to)))
                .toList();
        for (Future<?> copy : copies) {
            copy.get();
        }
        threads.shutdown();
    }

    private static int bare(HttpClient client, StoredObject object, String from, String to) throws Exception {
        HttpResponse<InputStream> got = client.send(
                HttpRequest.newBuilder(URI.create(from + object.key())).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        HttpRequest put = HttpRequest.newBuilder(URI.create(to + object.key()))
                .PUT(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofInputStream(got::body), Math.max(1, object.size())))
                .build();
        int status = client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200 || got.statusCode() != 200) {
            throw new UncheckedIOException(new IOException("HTTP " + got.statusCode() + ", " + status));
        }
        return status;
    }
}
