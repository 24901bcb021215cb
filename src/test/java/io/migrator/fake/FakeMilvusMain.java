package io.migrator.fake;

import io.migrator.config.StorageConfig;
import io.migrator.lab.LabCache;
import io.migrator.lab.S3Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A double that runs alone, with an S3 server behind it, until it is stopped. Run by {@code ./mvnw -Pfake-milvus}. */
public final class FakeMilvusMain {
    private static final String BUCKET = "bucket-a";
    private static final String ROOT_PATH = "files";
    private static final String NEWEST = "2.6";

    private FakeMilvusMain() {}

    /** @param args a version (empty for the newest line), a folder to work in, the port, the management port (0 for free ones) */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path workDir = Path.of(args[1]).toAbsolutePath();
        LabCache.deleteTree(workDir);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread running = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopped.countDown();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (S3Lab store = S3Lab.start(workDir)) {
            store.createBucket(BUCKET);
            StorageConfig storage = store.storage(StorageConfig.Side.MILVUS, BUCKET, ROOT_PATH);
            FakeSettings settings = new FakeSettings(args[0].isEmpty() ? NEWEST : args[0], storage)
                    .ports(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            try (FakeMilvus milvus = FakeMilvus.start(settings)) {
                System.out.print(addresses(milvus, store));
                stopped.await();
            }
        }
    }

    private static String addresses(FakeMilvus milvus, S3Lab store) {
        return """
                A double of Milvus %s runs.
                  gRPC, REST    %s:%d
                  management    %s
                  bucket        http://%s:%d/%s, root path %s (%s, access key %s, secret key %s)
                Stop it with Ctrl-C.
                """
                .formatted(
                        milvus.model().release().tag(),
                        milvus.address(),
                        milvus.port(),
                        milvus.management(),
                        store.host(),
                        store.port(),
                        BUCKET,
                        ROOT_PATH,
                        store.kind(),
                        store.accessKey(),
                        store.secretKey());
    }
}
