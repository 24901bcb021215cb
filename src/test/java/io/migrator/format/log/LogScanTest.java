package io.migrator.format.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.fake.data.Deletion;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.SegmentPlace;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.log.LogScan.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads logs as streams: those of a real Milvus 2.3.5, every form of deletes, and damaged ones. */
class LogScanTest {
    private static final int FIRST_PAGE = 108 + 33 + 4;

    /** Where the properties of a descriptor begin. */
    private static final int PROPERTIES = 85;

    /** Thrift of a Parquet footer with the most rows that a number can be, in one row group. */
    private static final String ALL_ROWS = "36feffffffffffffffff01" + "191c" + "36feffffffffffffffff01" + "00" + "00";

    @ParameterizedTest
    @EnumSource(DeltaForm.class)
    void readsEveryDelete(DeltaForm form) throws IOException {
        SegmentWriter writer = new SegmentWriter(TypedSchemas.small("coll"));
        List<Deletion> deletes = LongStream.range(0, 5000)
                .mapToObj(row -> writer.deletion(row, SegmentRows.SOME_TIME + row))
                .toList();
        byte[] log = writer.deletes(deletes, form)
                .at(new SegmentPlace(1, 2, 3))
                .deltas()
                .get(0);

        LogScan scan = scan(log, Form.DELTA);

        assertThat(scan.rows()).hasValue(5000);
        assertThat(scan.to()).isEqualTo(SegmentRows.SOME_TIME + 4999);
        assertThat(scan.ids()).isEqualTo(form == DeltaForm.BARE ? null : new LogScan.Ids(1, 2, 3, -1));
    }

    @Test
    void readsTheDeletesThatMilvusCompressed() throws IOException {
        for (VaultFile file : deltas().toList()) {
            LogScan scan = scan(Samples.object(file.key()), Form.DELTA);

            assertThat(scan.rows().orElseThrow()).isPositive();
            assertThat(scan.to() >>> 18).isBetween(1_790_000_000_000L, 1_800_000_000_000L);
        }
    }

    /** No checksum tells here: what is noticed is noticed by the form alone. */
    @Test
    void noticesMostBytesThatAreFlippedInDeletes() throws IOException {
        byte[] log = Samples.object(deltas().findFirst().orElseThrow().key());
        int footer = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN).getInt(log.length - 8);
        int pages = log.length - 8 - footer;
        int silent = 0;
        for (int at = FIRST_PAGE; at < pages; at++) {
            byte[] flipped = log.clone();
            flipped[at] ^= 0x04;
            try {
                LogScan scan = scan(flipped, Form.DELTA);
                silent += scan.equals(scan(log, Form.DELTA)) ? 1 : 0;
            } catch (DamagedMetaException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
        assertThat(silent).as("of %d", pages - FIRST_PAGE).isLessThan((pages - FIRST_PAGE) / 2);
    }

    @Test
    void noticesAnObjectOfAnotherLength() throws IOException {
        byte[] log = Samples.object(deltas().findFirst().orElseThrow().key());

        assertThatThrownBy(() -> LogScan.read(new ByteArrayInputStream(log, 0, log.length - 1), log.length, Form.DELTA))
                .isInstanceOf(DamagedMetaException.class);
        assertThatThrownBy(() -> LogScan.read(new ByteArrayInputStream(log), log.length - 1, Form.DELTA))
                .isInstanceOf(DamagedMetaException.class);
        assertThatThrownBy(() -> scan(log, Form.INSERT_BINLOG)).isInstanceOf(DamagedMetaException.class);
        assertThatThrownBy(() -> scan(new byte[0], Form.PACKED)).isInstanceOf(DamagedMetaException.class);
    }

    @Test
    void noticesAnEncryptedLogThatIsCut() throws IOException {
        byte[] log = insertLog();
        int end = BinlogDescriptor.end(ByteBuffer.wrap(log), log.length);
        byte[] properties = new byte[end - PROPERTIES];
        Arrays.fill(properties, (byte) ' ');
        byte[] encrypted = "{\"edek\":\"k\"}".getBytes(UTF_8);
        System.arraycopy(encrypted, 0, properties, 0, encrypted.length);
        System.arraycopy(properties, 0, log, PROPERTIES, properties.length);

        assertThat(scan(log, Form.INSERT_BINLOG).rows()).isEmpty();
        assertThatThrownBy(() ->
                        LogScan.read(new ByteArrayInputStream(log, 0, log.length - 1), log.length, Form.INSERT_BINLOG))
                .isInstanceOf(DamagedMetaException.class)
                .hasMessageContaining("ends before its size");
    }

    @Test
    void refusesEventsOfMoreRowsThanCanBeCounted() throws IOException {
        byte[] log = insertLog();
        int end = BinlogDescriptor.end(ByteBuffer.wrap(log), log.length);
        byte[] event = event(ALL_ROWS);
        byte[] events = ByteBuffer.allocate(end + 2 * event.length)
                .put(log, 0, end)
                .put(event)
                .put(event)
                .array();

        assertThat(scan(Arrays.copyOf(events, end + event.length), Form.INSERT_BINLOG)
                        .rows())
                .hasValue(Long.MAX_VALUE);
        assertThatThrownBy(() -> scan(events, Form.INSERT_BINLOG)).isInstanceOf(DamagedMetaException.class);
        assertThatThrownBy(() -> BinlogFile.parse(events).rows()).isInstanceOf(DamagedMetaException.class);
    }

    /** Parquet of a footer alone, in an event of no particular time. */
    private static byte[] event(String footer) {
        byte[] thrift = HexFormat.of().parseHex(footer);
        byte[] magic = ParquetFooter.MAGIC.getBytes(UTF_8);
        int length = BinlogEvent.BODY_OFFSET + 2 * magic.length + thrift.length + Integer.BYTES;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .put((byte) BinlogEvent.INSERT)
                .putInt(length)
                .putInt(-1)
                .putLong(1)
                .putLong(1)
                .put(magic)
                .put(thrift)
                .putInt(thrift.length)
                .put(magic)
                .array();
    }

    private static byte[] insertLog() {
        VaultLayout layout = new VaultLayout("", Samples.V0_5);
        return Samples.object(Samples.full(Samples.V0_5).collections().stream()
                .flatMap(collection -> collection.partitions().stream())
                .flatMap(partition -> partition.segments().stream())
                .flatMap(layout::insertFiles)
                .findFirst()
                .orElseThrow()
                .key());
    }

    private static LogScan scan(byte[] log, Form form) throws IOException {
        return LogScan.read(new ByteArrayInputStream(log), log.length, form);
    }

    private static Stream<VaultFile> deltas() {
        VaultLayout layout = new VaultLayout("", Samples.V0_5);
        return Samples.full(Samples.V0_5).collections().stream()
                .flatMap(collection -> collection.partitions().stream())
                .flatMap(partition -> partition.segments().stream())
                .flatMap(layout::deltaFiles);
    }
}
