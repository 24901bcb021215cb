package io.migrator.verify.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.Finding.Kind;
import io.migrator.config.StorageConfig.Side;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.log.LogScan;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.migrator.store.throttle.PacedReads;
import io.migrator.store.throttle.Throttle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs whose footer is longer than what is kept of most. */
class LongFootersTest {
    private static final int ROWS = 3;
    /** Thrift: so many rows, in one row group, and a text of the length that follows. */
    private static final byte[] ROWS_AND_TEXT = HexFormat.of().parseHex("3606" + "191c" + "360600" + "28");

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(ints = {10, LogScan.USUAL_FOOTER - 100, LogScan.USUAL_FOOTER, LogScan.LONGEST_FOOTER - 100})
    void areReadAndProved(int text) {
        LogReader.Read read = read(log(text));

        assertThat(read.finding()).isNull();
        assertThat(read.rows()).hasValue(ROWS);
    }

    @Test
    void areRefusedWhereNoLogHasThem() {
        assertThat(read(log(LogScan.LONGEST_FOOTER)).finding())
                .isNotNull()
                .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Kind.ENVELOPE));
    }

    private LogReader.Read read(byte[] log) {
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("vault");
        try (ObjectStore vault = Stores.open(folders.storage(Side.VAULT, "vault", ""))) {
            vault.write("b/log", log);
            LogFile file = new LogFile("log", log.length, ContentDigest.of(log, Checksum.MD5), true, false);
            return new LogReader(new PacedReads(vault, Throttle.NONE), new VaultLayout("", "b"), () -> false)
                    .read(new PlannedReading(1, 1, 1, 1, false, 2, ROWS, Long.MAX_VALUE, List.of(file)), file);
        }
    }

    /** Parquet of a footer alone, behind more than is ever kept. */
    private static byte[] log(int text) {
        byte[] magic = "PAR1".getBytes(US_ASCII);
        byte[] footer = new byte[ROWS_AND_TEXT.length + 4 + text + 1];
        ByteBuffer thrift = ByteBuffer.wrap(footer).put(ROWS_AND_TEXT);
        for (int shift = 0; shift < 28; shift += 7) {
            thrift.put((byte) (text >> shift & 0x7f | (shift == 21 ? 0 : 0x80)));
        }
        return ByteBuffer.allocate(LogScan.LONGEST_FOOTER + footer.length + 3 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(magic)
                .position(LogScan.LONGEST_FOOTER + Integer.BYTES)
                .put(footer)
                .putInt(footer.length)
                .put(magic)
                .array();
    }
}
