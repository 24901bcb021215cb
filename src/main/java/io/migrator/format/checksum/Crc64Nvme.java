package io.migrator.format.checksum;

import java.nio.ByteBuffer;

/**
 * CRC-64/NVME, which S3 keeps of objects that came without a checksum. Parameters: NVM Express NVM Command Set
 * Specification, 5.2.1.3.4 (polynomial AD93D23594C93659, reflected, all ones before and after).
 */
final class Crc64Nvme implements ContentDigest.Algorithm {
    private static final long REFLECTED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final int BYTES = 256;
    /** What each byte makes of the checksum, then what it makes of it seven to one bytes before the last. */
    private static final long[] TABLE = table();

    private long crc = -1;

    private static long[] table() {
        long[] table = new long[Long.BYTES * BYTES];
        for (int i = 0; i < BYTES; i++) {
            long value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ REFLECTED_POLYNOMIAL;
            }
            table[i] = value;
        }
        for (int i = BYTES; i < table.length; i++) {
            long before = table[i - BYTES];
            table[i] = before >>> 8 ^ table[(int) before & 0xff];
        }
        return table;
    }

    @Override
    public void update(byte[] content, int offset, int length) {
        long value = crc;
        int i = offset;
        // Eight at once do not wait for each other.
        for (int last = offset + length - Long.BYTES; i <= last; i += Long.BYTES) {
            value = TABLE[7 * BYTES + ((int) (value ^ content[i]) & 0xff)]
                    ^ TABLE[6 * BYTES + ((int) (value >>> 8 ^ content[i + 1]) & 0xff)]
                    ^ TABLE[5 * BYTES + ((int) (value >>> 16 ^ content[i + 2]) & 0xff)]
                    ^ TABLE[4 * BYTES + ((int) (value >>> 24 ^ content[i + 3]) & 0xff)]
                    ^ TABLE[3 * BYTES + ((int) (value >>> 32 ^ content[i + 4]) & 0xff)]
                    ^ TABLE[2 * BYTES + ((int) (value >>> 40 ^ content[i + 5]) & 0xff)]
                    ^ TABLE[BYTES + ((int) (value >>> 48 ^ content[i + 6]) & 0xff)]
                    ^ TABLE[(int) (value >>> 56 ^ content[i + 7]) & 0xff];
        }
        for (; i < offset + length; i++) {
            value = value >>> 8 ^ TABLE[(int) (value ^ content[i]) & 0xff];
        }
        crc = value;
    }

    @Override
    public byte[] value() {
        return ByteBuffer.allocate(Long.BYTES).putLong(~crc).array();
    }
}
