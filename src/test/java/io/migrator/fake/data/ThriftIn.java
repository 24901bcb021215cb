package io.migrator.fake.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A structure of Thrift's compact protocol, its values by field number: numbers, byte arrays, lists, structures. */
record ThriftIn(Map<Integer, Object> fields) {
    /** Reads from the buffer's position, and leaves it after the structure. */
    static ThriftIn read(ByteBuffer in) {
        Map<Integer, Object> fields = new HashMap<>();
        int field = 0;
        for (int head = in.get() & 0xff; head != 0; head = in.get() & 0xff) {
            int step = head >> 4;
            field = step == 0 ? (int) zigzag(in) : field + step;
            fields.put(field, value(in, head & 0xf, false));
        }
        return new ThriftIn(fields);
    }

    boolean has(int field) {
        return fields.containsKey(field);
    }

    long number(int field) {
        return (Long) required(field);
    }

    int integer(int field) {
        return Math.toIntExact(number(field));
    }

    String text(int field) {
        return new String((byte[]) required(field), UTF_8);
    }

    ThriftIn struct(int field) {
        return (ThriftIn) required(field);
    }

    List<ThriftIn> structs(int field) {
        return ((List<?>) required(field)).stream().map(ThriftIn.class::cast).toList();
    }

    private Object required(int field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException("no field " + field + " among " + fields.keySet());
        }
        return value;
    }

    private static Object value(ByteBuffer in, int type, boolean element) {
        return switch (type) {
            case 1, 2 -> element ? in.get() == 1 : type == 1;
            case 3 -> (long) in.get();
            case 4, 5, 6 -> zigzag(in);
            case 7 -> in.getDouble();
            case 8 -> bytes(in);
            case 9, 10 -> list(in);
            case 12 -> read(in);
            default -> throw new IllegalArgumentException("a value of the Thrift type " + type);
        };
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] content = new byte[Math.toIntExact(varint(in))];
        in.get(content);
        return content;
    }

    private static List<Object> list(ByteBuffer in) {
        int head = in.get() & 0xff;
        int size = head >> 4 == 0xf ? Math.toIntExact(varint(in)) : head >> 4;
        List<Object> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(value(in, head & 0xf, true));
        }
        return values;
    }

    private static long zigzag(ByteBuffer in) {
        long value = varint(in);
        return value >>> 1 ^ -(value & 1);
    }

    static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.get() & 0xff;
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }
}
