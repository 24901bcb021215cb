package io.migrator.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Contents that differ a little from one: a byte changed, taken out or put in. */
public final class Mutations {
    private static final byte[] TELLING = "\"{}[],:0123456789-.eE ntfu\\ab\u0000".getBytes(ISO_8859_1);

    private Mutations() {}

    public static List<byte[]> of(byte[] content, int count) {
        Random random = new Random(16);
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(content.length);
            byte other = TELLING[random.nextInt(TELLING.length)];
            byte[] one = Arrays.copyOf(content, content.length);
            switch (i % 3) {
                case 0 -> one[at] = other;
                case 1 -> {
                    one = Arrays.copyOf(content, content.length - 1);
                    System.arraycopy(content, at + 1, one, at, content.length - at - 1);
                }
                default -> {
                    one = Arrays.copyOf(content, content.length + 1);
                    System.arraycopy(content, at, one, at + 1, content.length - at);
                    one[at] = other;
                }
            }
            all.add(one);
        }
        return all;
    }
}
