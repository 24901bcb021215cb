package io.migrator.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages input, the same way for the same seed. */
final class Mutations {
    private static final int MOST_AT_ONCE = 4;
    private static final int LONGEST = 1 << 20;
    private static final int MOST_REPEATED = 4096;
    private static final long[] NUMBERS = {
        0, 1, -1, 0x7f, 0xff, 0x7fff_ffffL, 0xffff_ffffL, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40
    };
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "-1",
            "9223372036854775807",
            "9223372036854775808",
            "1e400",
            "0.5",
            "\"\"",
            "\"../../x\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "{}",
            "[]",
            "[[[[[[[[",
            "{\"a\":",
            "&a [*a]",
            "*a",
            "\n",
            ":",
            "}");

    private final Random random;
    private final List<byte[]> seeds;

    Mutations(long seed, List<byte[]> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] input = any().clone();
        for (int left = 1 + random.nextInt(MOST_AT_ONCE); left > 0; left--) {
            input = damaged(input);
        }
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] damaged(byte[] input) {
        int at = random.nextInt(input.length + 1);
        return switch (random.nextInt(8)) {
            case 0 -> flipped(input);
            case 1 -> Arrays.copyOf(input, at);
            case 2 -> joined(Arrays.copyOf(input, at), tail(any()));
            case 3 -> numbered(input);
            case 4 -> joined(Arrays.copyOf(input, at), joined(token(), Arrays.copyOfRange(input, at, input.length)));
            case 5 -> replaced(input);
            case 6 -> joined(Arrays.copyOf(input, at), tail(input));
            default -> repeated(input, at);
        };
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] token() {
        return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(ISO_8859_1);
    }

    private byte[] tail(byte[] input) {
        return Arrays.copyOfRange(input, random.nextInt(input.length + 1), input.length);
    }

    private byte[] flipped(byte[] input) {
        for (int left = input.length == 0 ? 0 : 1 + random.nextInt(3); left > 0; left--) {
            input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return input;
    }

    /** Puts a number that lengths and offsets are not prepared for over 1, 2, 4 or 8 bytes. */
    private byte[] numbered(byte[] input) {
        int width = 1 << random.nextInt(4);
        if (input.length >= width) {
            ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            number.putLong(0, NUMBERS[random.nextInt(NUMBERS.length)]);
            System.arraycopy(number.array(), 0, input, random.nextInt(input.length - width + 1), width);
        }
        return input;
    }

    /** Another token in the place of a number or a text. */
    private byte[] replaced(byte[] input) {
        int from = random.nextInt(input.length + 1);
        while (from < input.length && !begins(input[from])) {
            from++;
        }
        int to = Math.min(from + 1, input.length);
        while (to < input.length && ",:]}\n".indexOf(input[to]) < 0) {
            to++;
        }
        return joined(Arrays.copyOf(input, from), joined(token(), Arrays.copyOfRange(input, to, input.length)));
    }

    private static boolean begins(byte character) {
        return character == '"' || character == '-' || (character >= '0' && character <= '9');
    }

    private byte[] repeated(byte[] input, int at) {
        byte[] piece = Arrays.copyOfRange(input, at, Math.min(input.length, at + 1 + random.nextInt(40)));
        int times = Math.min(random.nextInt(MOST_REPEATED), LONGEST / (piece.length + 1));
        ByteBuffer all = ByteBuffer.allocate(input.length + piece.length * times);
        all.put(input, 0, at);
        for (int i = 0; i < times; i++) {
            all.put(piece);
        }
        all.put(input, at, input.length - at);
        return all.array();
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
