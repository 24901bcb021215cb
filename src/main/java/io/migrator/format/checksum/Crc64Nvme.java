package io.migrator.format.checksum;

import java.nio.ByteBuffer;

/**
 * CRC-64/NVME, which S3 keeps of objects that came without a checksum. Parameters: NVM Express NVM Command Set
 * Specification, 5.2.1.3.4 (polynomial AD93D23594C93659, reflected, all ones before and after).
 */
final class Crc64Nvme implements ContentDigest.Algorithm {
    private static final long REFLECTED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final long[] TABLE = table();

    private long crc = -1;

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ REFLECTED_POLYNOMIAL;
            }
            table[i] = value;
        }
        return table;
    }

    @Override
    public void update(byte[] content, int offset, int length) {
        long value = crc;
        for (int i = offset; i < offset + length; i++) {
            value = value >>> 8 ^ TABLE[(int) (value ^ content[i]) & 0xff];
        }
        crc = value;
    }

    @Override
    public byte[] value() {
        return ByteBuffer.allocate(Long.BYTES).putLong(~crc).array();
    }
}
