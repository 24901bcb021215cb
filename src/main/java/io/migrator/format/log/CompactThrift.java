package io.migrator.format.log;

import io.migrator.format.DamagedMetaException;
import java.nio.ByteBuffer;

/**
 * Walks over structures of Thrift's compact protocol without knowing their fields. Every length is held against the bytes
 * that are left before it is used, and nothing is ever allocated by it.
 */
final class CompactThrift {
    static final int STOP = 0;
    static final int I32 = 5;
    static final int I64 = 6;
    static final int LIST = 9;
    static final int STRUCT = 12;

    /** Parquet's own structures are 6 levels deep. */
    private static final int MAX_DEPTH = 32;

    private static final int VARINT_BITS = 64;

    private final ByteBuffer in;
    private int field;

    CompactThrift(ByteBuffer in) {
        this.in = in;
    }

    /** Begins a structure: fields are numbered from 0 again. */
    void begin() {
        resume(0);
    }

    /** Goes on with a structure after the given field, once others inside it have been read. */
    void resume(int lastField) {
        field = lastField;
    }

    /** Type of the next field of a structure, {@link #STOP} at its end; {@link #field} tells its number. */
    int nextField() throws DamagedMetaException {
        int head = unsigned();
        int type = head & 0xf;
        if (type != STOP) {
            int step = head >> 4;
            field = step == 0 ? (short) zigzag() : field + step;
        }
        return type;
    }

    int field() {
        return field;
    }

    long zigzag() throws DamagedMetaException {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** The number of elements of a list of structures. */
    int listOfStructs() throws DamagedMetaException {
        int head = unsigned();
        if ((head & 0xf) != STRUCT) {
            throw new DamagedMetaException("the Parquet footer holds a list of type " + (head & 0xf));
        }
        return length(head);
    }

    /** Passes over a value of a field. */
    void skip(int type) throws DamagedMetaException {
        skip(type, false, 0);
    }

    private void skip(int type, boolean element, int depth) throws DamagedMetaException {
        if (depth > MAX_DEPTH) {
            throw new DamagedMetaException("the Parquet footer is nested deeper than " + MAX_DEPTH + " levels");
        }
        switch (type) {
            case 1, 2 -> pass(element ? 1 : 0);
            case 3 -> pass(1);
            case 4, I32, I64 -> varint();
            case 7 -> pass(8);
            case 8 -> pass(varint());
            case LIST, 10 -> skipList(depth);
            case 11 -> skipMap(depth);
            case STRUCT -> skipStruct(depth);
            case 13 -> pass(16);
            default -> throw new DamagedMetaException("the Parquet footer holds a value of the unknown type " + type);
        }
    }

    private void skipList(int depth) throws DamagedMetaException {
        int head = unsigned();
        int size = length(head);
        for (int i = 0; i < size; i++) {
            skip(head & 0xf, true, depth + 1);
        }
    }

    private void skipMap(int depth) throws DamagedMetaException {
        long size = varint();
        if (size == 0) {
            return;
        }
        atMostWhatIsLeft(size);
        int types = unsigned();
        for (long i = 0; i < size; i++) {
            skip(types >> 4, true, depth + 1);
            skip(types & 0xf, true, depth + 1);
        }
    }

    private void skipStruct(int depth) throws DamagedMetaException {
        int outer = field;
        begin();
        for (int type = nextField(); type != STOP; type = nextField()) {
            skip(type, false, depth + 1);
        }
        field = outer;
    }

    private int length(int head) throws DamagedMetaException {
        long size = head >> 4;
        return atMostWhatIsLeft(size == 0xf ? varint() : size);
    }

    // Every element takes a byte at least.
    private int atMostWhatIsLeft(long size) throws DamagedMetaException {
        if (size < 0 || size > in.remaining()) {
            throw new DamagedMetaException("the Parquet footer names a length of " + Long.toUnsignedString(size)
                    + " where " + in.remaining() + " bytes are left");
        }
        return (int) size;
    }

    private long varint() throws DamagedMetaException {
        long value = 0;
        for (int shift = 0; shift < VARINT_BITS; shift += 7) {
            int next = unsigned();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new DamagedMetaException("the Parquet footer holds a number of more than 10 bytes");
    }

    private int unsigned() throws DamagedMetaException {
        atMostWhatIsLeft(1);
        return in.get() & 0xff;
    }

    private void pass(long bytes) throws DamagedMetaException {
        in.position(in.position() + atMostWhatIsLeft(bytes));
    }
}
