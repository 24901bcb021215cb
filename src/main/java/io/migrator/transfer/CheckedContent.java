package io.migrator.transfer;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.store.ObjectContent;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Content on its way to another store, checked as it passes: its last bytes are given out only where all are what the source
 * says that they are, so that the target never completes an object that came damaged. Not for several threads.
 */
final class CheckedContent extends InputStream {
    private final ObjectContent content;
    private final String thing;
    private final List<Checksum> expected;
    private final ContentDigest digest;
    private long left;
    private Map<String, Checksum> found = Map.of();

    /**
     * @param thing the object, for the message
     * @param listed the object as it was listed, or as a manifest has it
     */
    CheckedContent(ObjectContent content, String thing, StoredObject listed) {
        this.content = content;
        this.thing = thing;
        this.left = listed.size();
        this.expected = Stream.of(content.object().checksum(), listed.checksum())
                .filter(Objects::nonNull)
                .filter(Checksum::checkable)
                .distinct()
                .toList();
        this.digest = new ContentDigest(
                Stream.concat(Stream.of(Checksum.MD5), expected.stream().map(Checksum::algorithm))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = content.read(buffer, offset, length);
        if (count > 0) {
            digest.update(buffer, offset, count);
            left -= count;
            if (left == 0) {
                // Who knows the size does not read on to the end of the stream.
                md5();
            }
        }
        return count;
    }

    /** What has passed; to be asked for when that is all. CORRUPT where it is not what the source says. */
    Checksum md5() {
        if (found.isEmpty()) {
            found = digest.checksums();
        }
        for (Checksum wanted : expected) {
            Checksum one = found.get(wanted.algorithm());
            if (wanted.contradicts(one)) {
                throw damaged(thing, "its bytes have %s where %s is kept for them".formatted(one, wanted));
            }
        }
        return Objects.requireNonNull(found.get(Checksum.MD5));
    }

    /** CORRUPT unless what the target says of the object it wrote agrees with what was sent. */
    void requireWritten(StoredObject written, String target) {
        Checksum sent = md5();
        if (sent.contradicts(written.checksum())) {
            throw damaged(target, "%s was sent, and the store has %s".formatted(sent, written.checksum()));
        }
    }

    private static MigratorException damaged(String thing, String cause) {
        return MigratorException.unable(
                Failure.CORRUPT,
                "copy",
                thing,
                cause,
                "Run the same command again; if it happens again, the object is damaged, or something on the way changes bytes.");
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
