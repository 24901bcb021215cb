package io.migrator.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import io.migrator.store.throttle.Room;
import io.migrator.store.throttle.Throttle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsInFlightTest {
    private static final int ALL = 8;

    @TempDir
    Path folder;

    /** A worker copies for two runs, or reads for another. */
    @Test
    void waitForRoomThatOtherWorkOfTheProcessHolds() {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("from");
        folders.createBucket("to");
        Room room = new Room((long) ALL << 20);
        assertThat(room.take(ALL, () -> false)).isTrue();
        try (ObjectStore from = Stores.open(folders.storage(StorageConfig.Side.MILVUS, "from", ""));
                ObjectStore to = Stores.open(folders.storage(StorageConfig.Side.VAULT, "to", ""))) {
            CopyRequest request = new CopyRequest(from.write("a", new byte[9]), "b");
            StreamingCopy copies =
                    new StreamingCopy(from, to, Throttle.NONE.bytes(System::nanoTime, pause -> {}), room);
            AtomicReference<@Nullable Thread> copying = new AtomicReference<>();
            CompletableFuture<StoredObject> waits = copies.copy(
                    request,
                    () -> {
                        copying.set(Thread.currentThread());
                        return false;
                    },
                    moved -> {});
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waits.isDone() || isWaiting(copying.get()));
            assertThat(waits.isDone()).isFalse();
            assertThat(to.find("b")).isEmpty();

            room.give(ALL);

            assertThat(waits).succeedsWithin(Duration.ofSeconds(60));
            assertThat(to.find("b")).isPresent();
            assertThat(room.free()).isEqualTo(ALL);
        }
    }

    private static boolean isWaiting(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
    }

    @ParameterizedTest
    @CsvSource({"16, 1", "64, 2", "256, 10", "512, 16", "8192, 16"})
    void takeHalfOfTheHeapAtMost(long heapMiB, int streams) {
        assertThat(StreamingCopy.mostInFlight(heapMiB << 20, 12)).isEqualTo(streams);
    }

    @ParameterizedTest
    @CsvSource({"16, 2", "64, 9", "124, 16", "8192, 16"})
    void takeThreeQuartersOfAsMuchOutsideIt(long heapMiB, int streams) {
        assertThat(StreamingCopy.mostInFlight(heapMiB << 20, 5)).isEqualTo(streams);
    }
}
