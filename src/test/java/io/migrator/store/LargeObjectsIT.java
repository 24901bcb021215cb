package io.migrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.S3StandIn;
import io.migrator.lab.S3StandIn.Write;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.Transfer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes around the limits of S3: 5 GiB in one request, 10,000 parts, 5 GiB a part, 5 MiB for all parts but the last. */
final class LargeObjectsIT {
    private static final long GIB = 1L << 30;
    private static final long FIVE_GIB = 5 * GIB;

    private final S3StandIn server = new S3StandIn(40 << 20);

    @AfterEach
    void stop() {
        server.close();
    }

    private ObjectStore open(String bucket, int thresholdMiB) {
        return Stores.open(Configs.withThreshold(server.storage(Side.VAULT, bucket, ""), thresholdMiB));
    }

    private List<Write> copy(long size, int thresholdMiB) {
        try (ObjectStore store = open("vault", thresholdMiB)) {
            StoredObject written = store.copyFrom(store.config(), new StoredObject("large", size, "e1"), "copy")
                    .join();
            assertThat(written.size()).isEqualTo(size);
        }
        List<Write> writes = new ArrayList<>(server.writes());
        writes.sort(Comparator.comparingInt(Write::part));
        return writes;
    }

    @Test
    void copiesInOneRequestBelowFiveGiB() {
        assertThat(copy(FIVE_GIB - 1, 0)).containsExactly(new Write("/vault/copy", 0, "", 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {FIVE_GIB, FIVE_GIB + 1, 625 * GIB, 625 * GIB + 1, 5 * 1024 * GIB})
    void copiesLargerOnesInPartsThatS3Takes(long size) {
        List<Write> parts = copy(size, 0);
        assertThat(parts).hasSizeBetween(2, 10_000);
        long next = 0;
        for (int i = 0; i < parts.size(); i++) {
            String[] range = parts.get(i).range().split("-");
            long first = Long.parseLong(range[0]);
            long last = Long.parseLong(range[1]);
            assertThat(parts.get(i).part()).isEqualTo(i + 1);
            assertThat(first).isEqualTo(next);
            assertThat(last - first + 1).isLessThanOrEqualTo(FIVE_GIB);
            assertThat(last - first + 1 >= 5 << 20 || i == parts.size() - 1).isTrue();
            next = last + 1;
        }
        assertThat(next).isEqualTo(size);
        assertThat(server.uploadsCompleted()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"499, 500, 0", "500, 500, 8", "501, 500, 8", "100, 100, 2"})
    void obeysTheThresholdThatIsSet(long sizeMiB, int thresholdMiB, int parts) {
        assertThat(copy(sizeMiB << 20, thresholdMiB)).hasSize(Math.max(1, parts));
        assertThat(server.uploadsBegun()).isEqualTo(parts > 0 ? 1 : 0);
    }

    /** Amazon demands checksums once they are begun with; other servers know none. */
    @ParameterizedTest
    @CsvSource({
        "501, NotImplemented, false",
        "400, InvalidArgument, false",
        "400, InvalidRequest, true",
        "501, NotImplemented, true"
    })
    void leavesOutChecksumsThatTheServerDoesNotKnow(int status, String code, boolean parts) {
        server.refuseSums(status, code, parts);
        try (ObjectStore store = open("vault", 100)) {
            for (String key : List.of("first", "second")) {
                StoredObject written = store.write(key, new ByteArrayInputStream(new byte[20 << 20]), 20 << 20);
                assertThat(written.size()).isEqualTo(20 << 20);
            }
        }
        assertThat(server.writes()).as("four parts each").hasSize(8);
        assertThat(server.uploadsCompleted()).isEqualTo(2);
        // Asked for once, and then not any more.
        assertThat(server.uploadsAborted()).isEqualTo(parts ? 1 : 0);
        assertThat(server.uploadsBegun()).isEqualTo(parts ? 3 : 2);
    }

    /** The stand-in refuses, as Amazon does, sums whose algorithm was not named, and a list without them: no second try. */
    @Test
    void namesTheAlgorithmOfItsSumsAndListsThemAtTheFirstTry() {
        try (ObjectStore store = open("vault", 100)) {
            store.write("written", new ByteArrayInputStream(new byte[20 << 20]), 20 << 20);
        }

        assertThat(server.uploadsBegun()).isEqualTo(1);
        assertThat(server.uploadsAborted()).isZero();
        assertThat(server.uploadsCompleted()).isEqualTo(1);
    }

    @Test
    void givesUpTheUploadWhereAPartFails() throws IOException {
        server.failOn(write -> write.part() == 3);
        try (ObjectStore store = open("vault", 100);
                InputStream content = store.open("any")) {
            StoredObject large = new StoredObject("large", GIB, "e1");
            assertThatThrownBy(
                            () -> store.copyFrom(store.config(), large, "copy").join())
                    .satisfies(Faults.are(Failure.DENIED));
            assertThatThrownBy(() -> store.write("written", content, 40 << 20)).satisfies(Faults.are(Failure.DENIED));
        }
        assertThat(server.uploadsBegun()).isEqualTo(2);
        assertThat(server.uploadsAborted()).isEqualTo(2);
        assertThat(server.uploadsCompleted()).isZero();
    }

    @Test
    void givesUpTheUploadAtAStop() {
        AtomicBoolean stop = new AtomicBoolean();
        server.failOn(write -> {
            stop.set(true);
            return false;
        });
        try (ObjectStore source = open("source", 100);
                ObjectStore vault = open("vault", 100)) {
            CopyEngine engine = CopyEngine.between(source, vault, Transfer.STREAM, 4);
            List<CopyRequest> requests = List.of(
                    new CopyRequest(new StoredObject("a", 40 << 20, ""), "a"),
                    new CopyRequest(new StoredObject("b", 40 << 20, ""), "b"));
            assertThat(engine.copy(requests, stop::get))
                    .extracting(CopyResult::outcome)
                    .containsOnly(CopyResult.Outcome.NOT_STARTED);
        }
        assertThat(server.uploadsAborted()).isEqualTo(server.uploadsBegun()).isPositive();
        assertThat(server.uploadsCompleted()).isZero();
    }
}
