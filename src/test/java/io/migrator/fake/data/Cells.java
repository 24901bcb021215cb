package io.migrator.fake.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Values as keys, and as bytes that differ wherever the values do. */
final class Cells {
    private Cells() {}

    /** A primary key: Long, or String for the bytes of a text. */
    static Object key(@Nullable Object cell) {
        if (cell instanceof byte[] text) {
            return new String(text, UTF_8);
        }
        if (cell instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("a primary key of " + cell);
    }

    static byte[] canonical(@Nullable Object cell) {
        if (cell == null) {
            return new byte[] {'n'};
        }
        if (cell instanceof byte[] bytes) {
            return ByteBuffer.allocate(1 + bytes.length)
                    .put((byte) 'b')
                    .put(bytes)
                    .array();
        }
        if (cell instanceof Boolean flag) {
            return new byte[] {(byte) (flag ? 't' : 'f')};
        }
        if (cell instanceof Double number) {
            return tagged('d', Double.doubleToRawLongBits(number));
        }
        if (cell instanceof Float number) {
            return tagged('e', Float.floatToRawIntBits(number));
        }
        return tagged('i', ((Number) cell).longValue());
    }

    private static byte[] tagged(char tag, long bits) {
        return ByteBuffer.allocate(1 + Long.BYTES).put((byte) tag).putLong(bits).array();
    }
}
