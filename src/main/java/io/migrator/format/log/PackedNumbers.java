package io.migrator.format.log;

import java.nio.ByteBuffer;

/** Parquet's mixture of runs of one number and groups of eight packed ones, in which small numbers are written. */
final class PackedNumbers {
    private static final int WIDEST = 32;

    private PackedNumbers() {}

    /**
     * @param width bits of a number
     * @throws IllegalArgumentException where it is too wide; other runtime faults where the buffer ends too early
     */
    static int[] read(ByteBuffer in, int width, int count) {
        if (width < 0 || width > WIDEST) {
            throw new IllegalArgumentException("numbers of " + width + " bits");
        }
        int[] numbers = new int[count];
        int at = 0;
        while (at < count) {
            long head = varint(in);
            if ((head & 1) == 0) {
                int number = 0;
                for (int i = 0; i < (width + 7) / 8; i++) {
                    number |= (in.get() & 0xff) << (8 * i);
                }
                long run = head >>> 1;
                if (run == 0) {
                    throw new IllegalArgumentException("a run of nothing");
                }
                for (; run > 0 && at < count; run--) {
                    numbers[at++] = number;
                }
            } else {
                at = packed(in, width, head >>> 1, numbers, at);
            }
        }
        return numbers;
    }

    private static int packed(ByteBuffer in, int width, long groups, int[] numbers, int begin) {
        if (groups == 0) {
            throw new IllegalArgumentException("no group of numbers");
        }
        int at = begin;
        for (long group = 0; group < groups && at < numbers.length; group++) {
            long bits = 0;
            int held = 0;
            for (int i = 0; i < 8; i++) {
                while (held < width) {
                    bits |= (in.get() & 0xffL) << held;
                    held += 8;
                }
                int number = (int) (bits & ((1L << width) - 1));
                bits >>>= width;
                held -= width;
                if (at < numbers.length) {
                    numbers[at++] = number;
                }
            }
        }
        return at;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 10 bytes");
    }
}
