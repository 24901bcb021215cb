package io.migrator.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Names of the blocks of one blob; Azure wants them in Base64 and of one length. */
final class BlockId {
    private BlockId() {}

    static String of(int number) {
        return Base64.getEncoder().encodeToString("block-%08d".formatted(number).getBytes(UTF_8));
    }
}
