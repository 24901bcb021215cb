package io.migrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.bench.LauncherOptions;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.S3StandIn;
import io.migrator.lab.SmallHeap;
import io.migrator.lab.StoreLab;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's promise about memory, kept by a process of its own with the options of the start script.
 * {@code -Dmigrator.streamed.mib=200} streams as much as it promises, 50 objects of 200 MiB; less by default, because the bytes
 * cost time and the number in flight the memory.
 */
final class StreamingMemoryIT {
    private static final int PROMISED = 50;
    private static final int IN_FLIGHT = 16;
    private static final Integer GIVEN = Integer.getInteger("migrator.streamed.mib");

    @TempDir
    private Path folder;

    /** Between stand-ins, which keep no bytes, as many as are promised; where they are kept, all in flight at once. */
    private int objects = PROMISED;

    /** Those in flight are more than the heap holds. */
    private long size = mebibytes(20);

    private static long mebibytes(long unlessGiven) {
        return (GIVEN == null ? unlessGiven : GIVEN) << 20;
    }

    private void fewer() {
        if (GIVEN == null) {
            objects = IN_FLIGHT;
        }
    }

    private void streams(StorageConfig source, StorageConfig target) throws IOException, InterruptedException {
        streams("-Xmx256m", source, target);
    }

    private void streams(String heap, StorageConfig source, StorageConfig target)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(StreamingMemory.words(source));
        words.addAll(StreamingMemory.words(target));
        words.addAll(List.of(Integer.toString(objects), Long.toString(size), Integer.toString(IN_FLIGHT)));
        List<String> options = new ArrayList<>(LauncherOptions.read());
        options.add(heap);
        SmallHeap run = SmallHeap.run(
                folder, Duration.ofMinutes(20), options, StreamingMemory.class, words.toArray(String[]::new));
        run.said().forEach(line -> System.out.println(source.type() + " to " + target.type() + ": " + line));
        assertThat(run.exitCode()).isZero();
    }

    /** From a stand-in, to a server that keeps what it is given. */
    private void streamsTo(StoreLab lab) throws IOException, InterruptedException {
        fewer();
        lab.createBucket("target");
        StorageConfig target = lab.storage(Side.VAULT, "target", "");
        try (S3StandIn source = new S3StandIn(size)) {
            streams(source.storage(Side.MILVUS, "source", ""), target);
            assertThat(source.bytesRead()).isEqualTo(objects * size);
        }
        try (ObjectStore store = Stores.open(target)) {
            assertThat(store.list(""))
                    .hasSize(objects)
                    .extracting(StoredObject::size)
                    .containsOnly(size);
        }
    }

    private void requireWritten(S3StandIn target) {
        assertThat(target.writes().stream().mapToLong(S3StandIn.Write::bytes).sum())
                .isEqualTo(objects * size);
        assertThat(target.uploadsCompleted()).isEqualTo(objects);
    }

    @Test
    void streamsLargeObjectsInASmallHeap() throws IOException, InterruptedException {
        try (S3StandIn source = new S3StandIn(size);
                S3StandIn target = new S3StandIn(size)) {
            streams(source.storage(Side.MILVUS, "source", ""), target.storage(Side.VAULT, "target", ""));
            assertThat(source.bytesRead()).isEqualTo(objects * size);
            requireWritten(target);
        }
    }

    /** Sixteen at once, each of 1 GiB where {@code -Dmigrator.streamed.mib=1024} says so. */
    @Test
    void streamsBetweenS3InHalfOfThat() throws IOException, InterruptedException {
        objects = IN_FLIGHT;
        size = mebibytes(12);
        try (S3StandIn source = new S3StandIn(size);
                S3StandIn target = new S3StandIn(size)) {
            streams("-Xmx128m", source.storage(Side.MILVUS, "source", ""), target.storage(Side.VAULT, "target", ""));
            requireWritten(target);
        }
    }

    @Test
    void streamsFromAFolder() throws IOException, InterruptedException {
        fewer();
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("source");
        for (int i = 0; i < objects; i++) {
            try (RandomAccessFile file = new RandomAccessFile(
                    folder.resolve("source").resolve(StreamingMemory.key(i)).toFile(), "rw")) {
                file.setLength(size);
            }
        }
        try (S3StandIn target = new S3StandIn(size)) {
            streams(folders.storage(Side.MILVUS, "source", ""), target.storage(Side.VAULT, "target", ""));
            requireWritten(target);
        }
    }

    @Test
    void streamsToAFolder() throws IOException, InterruptedException {
        streamsTo(new LocalFolders(folder));
    }

    @Test
    void streamsToAzure() throws IOException, InterruptedException {
        Assumptions.assumeTrue(AzuriteServer.available(), AzuriteServer::unavailableBecause);
        try (StoreLab azure = AzuriteServer.start(folder)) {
            streamsTo(azure);
        }
    }

    @Test
    void streamsToGoogle() throws IOException, InterruptedException {
        Assumptions.assumeTrue(FakeGcsServer.available(), FakeGcsServer::unavailableBecause);
        try (StoreLab google = FakeGcsServer.startOnDisk(folder)) {
            streamsTo(google);
        }
    }
}
