package io.migrator.fake.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A digest of rows in any order: the sum of the SHA-256 of each. A row counts with all its values, by field id, but for
 * its row id and timestamp, which servers may give anew; a null is as a missing field.
 */
public record RowDigest(long rows, BigInteger sum) {
    public static final RowDigest NONE = new RowDigest(0, BigInteger.ZERO);

    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(256);

    public RowDigest plus(RowDigest other) {
        return new RowDigest(rows + other.rows, sum.add(other.sum).mod(LIMIT));
    }

    static RowDigest of(SegmentData data) {
        BigInteger sum = BigInteger.ZERO;
        int rows = data.rows();
        MessageDigest sha = sha256();
        for (int row = 0; row < rows; row++) {
            int at = row;
            data.columns().forEach((field, column) -> {
                Object cell = column.values().get(at);
                if (field > FieldList.TIMESTAMP && cell != null) {
                    add(sha, field, cell);
                }
            });
            sum = sum.add(new BigInteger(1, sha.digest()));
        }
        return new RowDigest(rows, sum.mod(LIMIT));
    }

    private static void add(MessageDigest sha, long field, @Nullable Object cell) {
        byte[] bytes = Cells.canonical(cell);
        sha.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(field)
                .putInt(bytes.length)
                .flip());
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
