package io.migrator.fake.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Writes structures of Thrift's compact protocol, the way Parquet describes itself. */
final class ThriftOut {
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int LONGEST_SHORT_LIST = 14;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int last;

    /** One structure alone. */
    static byte[] struct(Consumer<ThriftOut> body) {
        ThriftOut out = new ThriftOut();
        out.body(body);
        return out.out.toByteArray();
    }

    ThriftOut i32(int field, int value) {
        head(field, I32);
        zigzag(value);
        return this;
    }

    ThriftOut i64(int field, long value) {
        head(field, I64);
        zigzag(value);
        return this;
    }

    ThriftOut text(int field, String value) {
        head(field, BINARY);
        bytes(value);
        return this;
    }

    ThriftOut struct(int field, Consumer<ThriftOut> body) {
        head(field, STRUCT);
        body(body);
        return this;
    }

    ThriftOut texts(int field, List<String> values) {
        listHead(field, BINARY, values.size());
        values.forEach(this::bytes);
        return this;
    }

    ThriftOut i32s(int field, List<Integer> values) {
        listHead(field, I32, values.size());
        values.forEach(this::zigzag);
        return this;
    }

    ThriftOut structs(int field, List<Consumer<ThriftOut>> bodies) {
        listHead(field, STRUCT, bodies.size());
        bodies.forEach(this::body);
        return this;
    }

    private void body(Consumer<ThriftOut> body) {
        outer.push(last);
        last = 0;
        body.accept(this);
        out.write(0);
        last = outer.pop();
    }

    private void head(int field, int type) {
        int step = field - last;
        if (step <= 0 || step > 15) {
            throw new IllegalArgumentException("field " + field + " after field " + last);
        }
        out.write(step << 4 | type);
        last = field;
    }

    private void listHead(int field, int type, int size) {
        head(field, LIST);
        if (size <= LONGEST_SHORT_LIST) {
            out.write(size << 4 | type);
        } else {
            out.write(0xf0 | type);
            varint(size);
        }
    }

    private void bytes(String value) {
        byte[] content = value.getBytes(UTF_8);
        varint(content.length);
        out.writeBytes(content);
    }

    private void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
