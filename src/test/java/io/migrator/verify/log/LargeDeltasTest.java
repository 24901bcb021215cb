package io.migrator.verify.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.throttle.PacedReads;
import io.migrator.store.throttle.Throttle;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delta logs are read whole; those for which no room was counted come one after the other. */
class LargeDeltasTest {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch both = new CountDownLatch(2);

    @ParameterizedTest
    @CsvSource({"true, 9, 1", "true, 1, 2", "false, 9, 2"})
    void areReadOneAtATime(boolean deltas, int sizeMiB, int atOnce) {
        LogReader reader = new LogReader(
                new PacedReads(store(sizeMiB << 20), Throttle.NONE), new VaultLayout("", "b"), () -> false);
        LogFile file = new LogFile("binlogs/1", sizeMiB << 20, null, false, false);
        PlannedReading of = new PlannedReading(1, 1, 1, 1, deltas, 0, -1, Long.MAX_VALUE, List.of(file));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Stream.generate(() -> CompletableFuture.supplyAsync(() -> reader.read(of, file), threads))
                    .limit(2)
                    .toList()
                    .forEach(read -> assertThat(read.join().finding()).isNotNull());
        } finally {
            threads.shutdownNow();
        }
        assertThat(most).hasValue(atOnce);
    }

    private ObjectStore store(int size) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    both.countDown();
                    both.await(200, TimeUnit.MILLISECONDS);
                    return new ObjectContent(new StoredObject("k", size, "t"), counted(size));
                });
    }

    private InputStream counted(int size) {
        return new FilterInputStream(new ByteArrayInputStream(new byte[size])) {
            @Override
            public void close() throws IOException {
                open.decrementAndGet();
                super.close();
            }
        };
    }
}
