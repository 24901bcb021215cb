package io.migrator.format.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.Binlog;
import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.SegmentInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the binlogs that Milvus 2.3.5 wrote, and variants of them that are damaged. */
class BinlogFileTest {
    private static final int DATA_EVENT = 108;

    @ParameterizedTest
    @ValueSource(strings = {Samples.V0_4, Samples.V0_5})
    void readsTheRowsOfEveryInsertLog(String sample) throws IOException {
        VaultLayout layout = new VaultLayout("", sample);
        int files = 0;
        for (SegmentInfo segment : segments(sample).toList()) {
            for (FieldBinlog field : segment.insertLogs()) {
                long rows = 0;
                for (Binlog log : field.binlogs()) {
                    BinlogFile file =
                            BinlogFile.parse(Samples.object(layout.insertLog(segment, field.fieldId(), log.logId())));
                    assertThat(file.collectionId()).isEqualTo(segment.collectionId());
                    assertThat(file.partitionId()).isEqualTo(segment.partitionId());
                    assertThat(file.segmentId()).isEqualTo(segment.segmentId());
                    assertThat(file.fieldId()).isEqualTo(field.fieldId());
                    assertThat(file.from()).isPositive().isLessThanOrEqualTo(file.to());
                    assertThat(file.extra()).containsKey("original_size");
                    assertThat(file.encrypted()).isFalse();
                    assertThat(file.events()).allSatisfy(event -> {
                        assertThat(event.type()).isEqualTo(BinlogEvent.INSERT);
                        assertThat(event.from()).isGreaterThanOrEqualTo(file.from());
                        assertThat(event.to()).isLessThanOrEqualTo(file.to());
                    });
                    rows += file.rows();
                    files++;
                }
                assertThat(rows).as("field %d", field.fieldId()).isEqualTo(segment.rows());
            }
        }
        assertThat(files).isEqualTo(95);
    }

    @ParameterizedTest
    @CsvSource({
        "470651999203248102, 2",
        "470651999203248103, 2",
        "470651999203248179, 2",
        "470651999203248105, 1",
        "470651999203248104, 0"
    })
    void countsTheDeletesOfASegment(long segmentId, long deletes) throws IOException {
        VaultLayout layout = new VaultLayout("", Samples.V0_5);
        SegmentInfo segment = segments(Samples.V0_5)
                .filter(candidate -> candidate.segmentId() == segmentId)
                .findFirst()
                .orElseThrow();
        long entries = 0;
        for (VaultFile file : layout.deltaFiles(segment).toList()) {
            entries += DeltaLog.entries(Samples.object(file.key())).orElseThrow();
        }
        assertThat(entries).isEqualTo(deletes);
    }

    @Test
    void countsTheDeletesOfBareParquetAndOfStreamedFiles() throws IOException {
        byte[] whole = deltaLog();
        byte[] streamed = with(whole, DATA_EVENT + 13, -1);
        byte[] bare = Arrays.copyOfRange(whole, DATA_EVENT + 33, whole.length);

        assertThat(DeltaLog.entries(bare)).hasValue(2);
        assertThat(DeltaLog.entries(streamed)).hasValue(2);
    }

    @Test
    void doesNotTakeInsertsForDeletes() {
        byte[] inserts = deltaLog();
        inserts[DATA_EVENT + 8] = BinlogEvent.INSERT;

        assertThatThrownBy(() -> DeltaLog.entries(inserts))
                .isInstanceOf(DamagedMetaException.class)
                .hasMessageContaining("event of type 1");
    }

    @Test
    void refusesAFileThatIsCutAnywhere() {
        byte[] whole = deltaLog();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> DeltaLog.entries(cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(DamagedMetaException.class);
        }
        assertThatThrownBy(() -> DeltaLog.entries(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(DamagedMetaException.class)
                .hasMessageContaining("at byte " + whole.length);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, do not begin",
        "13, 2147483647, at byte 4",
        "13, -1, at byte 4",
        "13, 16, at byte 4",
        "17, 5, at byte 4",
        "73, 5, at byte 73",
        "81, -1, at byte 81",
        "81, 2147483647, at byte 81",
        "117, 2147483647, at byte 108",
        "117, -2147483648, at byte 108",
        "117, 0, at byte 108",
        "117, 20, at byte 108",
        "121, 7, at byte 108"
    })
    void refusesWrongLengths(int offset, int value, String where) {
        byte[] damaged = with(deltaLog(), offset, value);

        assertThatThrownBy(() -> DeltaLog.entries(damaged))
                .isInstanceOf(DamagedMetaException.class)
                .hasMessageContaining(where);
    }

    @Test
    void refusesAParquetFooterOfAWrongLength() {
        byte[] whole = deltaLog();
        for (int length : new int[] {0, -1, 1, Integer.MAX_VALUE, whole.length}) {
            byte[] damaged = with(whole, whole.length - 8, length);
            assertThatThrownBy(() -> DeltaLog.entries(damaged))
                    .as("footer of %d bytes", length)
                    .isInstanceOf(DamagedMetaException.class);
        }
    }

    /** Whatever is in a file, it is read or refused: no other exception, no allocation by what a file says. */
    @Test
    void readsOrRefusesAnyBytes() {
        byte[] whole = deltaLog();
        Random random = new Random(7);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = whole.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                // The envelope and the footer: what lies between them is not looked at.
                int at = random.nextBoolean() ? random.nextInt(144) : bytes.length - 1 - random.nextInt(300);
                bytes[at] = (byte) random.nextInt(256);
            }
            try {
                assertThat(DeltaLog.entries(bytes).orElse(0)).isNotNegative();
            } catch (DamagedMetaException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    /** A delta log with two entries. */
    private static byte[] deltaLog() {
        return Samples.object(Samples.V0_5
                + "/binlogs/delta_log/470651999203248088/470651999203248089/470651999203248103/470651999203248103"
                + "/470651999203037120");
    }

    private static byte[] with(byte[] file, int offset, int value) {
        byte[] changed = file.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
        return changed;
    }

    private static Stream<SegmentInfo> segments(String sample) {
        return Samples.full(sample).collections().stream()
                .flatMap(collection -> collection.partitions().stream())
                .flatMap(partition -> partition.segments().stream());
    }
}
