package io.migrator.store.driver;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Function;

/** Tells by its first block whether content goes to a store in one request or in several. */
public final class FirstBlock {
    /** Writes content of which the first block was read. */
    public interface InBlocks {
        StoredObject write(byte[] first) throws IOException;
    }

    private FirstBlock() {}

    /**
     * Writes the content by either way.
     *
     * @param thing the object, for messages
     * @param size announced bytes, -1 where that is not known
     * @param block bytes from which on it goes in blocks
     * @throws MigratorException SOURCE_CHANGED where it has another size than announced, UNREACHABLE where reading fails
     */
    public static StoredObject write(
            String thing,
            InputStream content,
            long size,
            int block,
            Function<byte[], StoredObject> whole,
            InBlocks inBlocks) {
        try {
            byte[] first = new byte[size < 0 ? block : (int) Math.min(size + 1, block)];
            // Told no array, it puts one together of pieces of 8 KiB.
            int count = content.readNBytes(first, 0, first.length);
            if (count < block) {
                Content.requireSize(thing, size, count);
                return whole.apply(Arrays.copyOf(first, count));
            }
            return inBlocks.write(first);
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "write",
                    thing,
                    "its content could not be read: " + e.getMessage(),
                    "Run the same command again.",
                    e);
        }
    }
}
