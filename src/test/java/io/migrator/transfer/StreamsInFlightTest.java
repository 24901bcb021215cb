package io.migrator.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import io.migrator.store.throttle.Room;
import io.migrator.store.throttle.Throttle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
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
            AtomicBoolean stop = new AtomicBoolean();
            CompletableFuture<StoredObject> waits = copies.copy(request, stop::get, moved -> {});

            Awaitility.await()
                    .during(Duration.ofMillis(100))
                    .until(() -> !waits.isDone() && to.find("b").isEmpty());
            stop.set(true);

            assertThatThrownBy(() -> waits.get(60, TimeUnit.SECONDS))
                    .cause()
                    .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                    .extracting(MigratorException::failure)
                    .isEqualTo(Failure.STOPPED);
            room.give(ALL);
            assertThat(copies.copy(request, () -> false, moved -> {})).succeedsWithin(Duration.ofSeconds(60));
            assertThat(to.find("b")).isPresent();
            assertThat(room.free()).isEqualTo(ALL);
        }
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
