package io.migrator.format.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.airlift.compress.zstd.ZstdCompressor;
import io.migrator.format.DamagedMetaException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Small delta logs that claim much: they cost little memory and time. */
class HostileParquetTest {
    private static final int DICTIONARY = 2;
    private static final int DATA = 0;
    private static final long MOST_MEMORY = 200L << 20;

    @Test
    void aDictionaryOfMillionsOfEmptyTexts() {
        int bytes = 31 << 20;
        byte[] page = page(DICTIONARY, bytes, compressed(new byte[bytes]), bytes / 4, 7);
        requireBounded(file(page, 0, 1, 1));
    }

    @Test
    void aPageThatClaimsMoreThanItHas() {
        byte[] page = page(DICTIONARY, Integer.MAX_VALUE, compressed(new byte[8]), Integer.MAX_VALUE, 7);
        requireBounded(file(page, 0, 1, 1));
    }

    @Test
    void pagesThatRepeatOneValueForEver() {
        ByteArrayOutputStream pages = new ByteArrayOutputStream();
        byte[] one = {4, 0, 0, 0, '1', ',', '1', '1'};
        pages.writeBytes(page(DICTIONARY, one.length, compressed(one), 1, 7));
        // One bit a number, one run of four million.
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        run.write(1);
        varint(run, 2L * (4 << 20));
        run.write(0);
        for (int i = 0; i < 200; i++) {
            pages.writeBytes(page(DATA, run.size(), compressed(run.toByteArray()), 4 << 20, 5));
        }
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> read(file(pages.toByteArray(), 0, 5, 1L << 40)));
    }

    /** Each row group names the same pages, which say that they unpack to 32 MiB and hold nothing. */
    @Test
    void emptyPagesReadAgainAndAgain() {
        requireBounded(file(emptyPages(20, 32 << 20), 20, 20));
        requireBounded(file(emptyPages(200, 0), 1000, 200));
    }

    /** A page may be all of the file. */
    @Test
    void oneLargePageReadAgainAndAgain() {
        byte[] page = page(DATA, 24 << 20, compressed(new byte[24 << 20]), 0, 5);
        requireBounded(file(page, 500, 1));
    }

    private static byte[] emptyPages(int count, int plain) {
        ByteArrayOutputStream pages = new ByteArrayOutputStream();
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x20, 0, 1, 0, 0};
        for (int i = 0; i < count; i++) {
            pages.writeBytes(page(DATA, plain, frame, 0, 5));
        }
        return pages.toByteArray();
    }

    /** @param groups row groups of one chunk, each of which begins at the first page */
    private static byte[] file(byte[] pages, int groups, long values) {
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        number(footer, 1, 5, 1);
        footer.writeBytes(new byte[] {0x19, 0x2c, 0x48, 1, 'r', 0x15, 2, 0, 0x15, 12, 0x25, 0, 0x18, 1, 'd', 0});
        number(footer, 1, 6, groups * values);
        footer.writeBytes(new byte[] {0x19, (byte) 0xfc});
        varint(footer, groups);
        for (int i = 0; i < groups; i++) {
            group(footer, values, values);
        }
        footer.write(0);
        return framed(pages, footer);
    }

    @Test
    void aFooterOfMillionsOfRowGroups() {
        requireBounded(file(new byte[0], 4 << 20, 1, 1));
    }

    private static void requireBounded(byte[] log) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        read(log);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated for %d bytes", log.length)
                .isLessThan(MOST_MEMORY + 8L * log.length);
    }

    private static void read(byte[] log) {
        try {
            LogScan.read(new ByteArrayInputStream(log), log.length, LogScan.Form.DELTA);
        } catch (DamagedMetaException e) {
            assertThat(e).hasMessageNotContaining("java.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compressed(byte[] plain) {
        ZstdCompressor zstd = new ZstdCompressor();
        byte[] out = new byte[zstd.maxCompressedLength(plain.length)];
        int length = zstd.compress(plain, 0, plain.length, out, 0, out.length);
        return Arrays.copyOf(out, length);
    }

    /** @param headField of the structure with the number of values: 5 data, 7 dictionary */
    private static byte[] page(int kind, int plain, byte[] stored, int values, int headField) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, 1, 5, kind);
        number(out, 1, 5, plain);
        number(out, 1, 5, stored.length);
        out.write((headField - 3) << 4 | 12);
        number(out, 1, 5, values);
        number(out, 1, 5, headField == 5 ? 8 : 0);
        out.write(0);
        out.write(0);
        out.writeBytes(stored);
        return out.toByteArray();
    }

    private static byte[] file(byte[] pages, int emptyGroups, int columnValuesExponent, long rows) {
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        number(footer, 1, 5, 1);
        footer.writeBytes(new byte[] {0x19, 0x2c, 0x48, 1, 'r', 0x15, 2, 0, 0x15, 12, 0x25, 0, 0x18, 1, 'd', 0});
        number(footer, 1, 6, rows);
        footer.write(0x19);
        if (emptyGroups == 0) {
            footer.write(0x1c);
            group(footer, rows, columnValuesExponent == 1 ? 1 : rows);
        } else {
            footer.write(0xfc);
            varint(footer, emptyGroups);
            for (int i = 0; i < emptyGroups; i++) {
                footer.writeBytes(new byte[] {0x19, 0x1c, 0, 0});
            }
        }
        footer.write(0);
        return framed(pages, footer);
    }

    private static byte[] framed(byte[] pages, ByteArrayOutputStream footer) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {'P', 'A', 'R', '1'});
        file.writeBytes(pages);
        file.writeBytes(footer.toByteArray());
        for (int shift = 0; shift < 32; shift += 8) {
            file.write(footer.size() >> shift);
        }
        file.writeBytes(new byte[] {'P', 'A', 'R', '1'});
        return file.toByteArray();
    }

    private static void group(ByteArrayOutputStream out, long rows, long values) {
        out.writeBytes(new byte[] {0x19, 0x1c, 0x3c, 0x15, 12, 0x35, 12});
        number(out, 1, 6, values);
        number(out, 4, 6, 4);
        number(out, 2, 6, 4);
        out.write(0);
        out.write(0);
        number(out, 2, 6, rows);
        out.write(0);
    }

    private static void number(ByteArrayOutputStream out, int delta, int type, long value) {
        out.write(delta << 4 | type);
        varint(out, value << 1 ^ value >> 63);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
