package io.migrator.store.driver;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;

/** What every store demands of the content of an object. */
public final class Content {
    private Content() {}

    /**
     * All bytes of the stream.
     *
     * @param thing the object, for the message
     * @throws MigratorException CORRUPT where there are more than the limit
     * @throws IOException where reading fails
     */
    public static byte[] read(InputStream content, String thing, int maxBytes) throws IOException {
        byte[] all = content.readNBytes(maxBytes);
        if (all.length == maxBytes && content.read() >= 0) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "read",
                    thing,
                    "it is larger than the %d bytes such an object may have".formatted(maxBytes),
                    "Check what was put there.");
        }
        return all;
    }

    /**
     * SOURCE_CHANGED unless an object that is to be copied is still the one that was listed, as far as both are told.
     *
     * @param thing the object, for the message
     * @param found its size is -1 where the store does not tell
     */
    public static void requireSame(String thing, StoredObject listed, StoredObject found) {
        boolean otherTag = !listed.etag().isEmpty()
                && !found.etag().isEmpty()
                && !listed.etag().equals(found.etag());
        if (otherTag || (found.size() >= 0 && found.size() != listed.size())) {
            throw MigratorException.unable(
                    Failure.SOURCE_CHANGED,
                    "copy",
                    thing,
                    "the object was replaced since it was listed",
                    "Run the same command again.");
        }
    }

    /** The same while it is still being read, so that content without an end has one. */
    public static void requireNoMore(String thing, long announced, long soFar) {
        if (announced >= 0 && soFar > announced) {
            requireSize(thing, announced, soFar);
        }
    }

    /** SOURCE_CHANGED unless the content of an object had the size that was announced. */
    public static void requireSize(String thing, long announced, long found) {
        if (announced >= 0 && announced != found) {
            throw MigratorException.unable(
                    Failure.SOURCE_CHANGED,
                    "write",
                    thing,
                    "its content has %d bytes where %d were announced".formatted(found, announced),
                    "Run the same command again.");
        }
    }
}
