package io.migrator.transfer;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.store.ContentMd5;
import io.migrator.store.Md5Use;
import io.migrator.store.ObjectContent;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way to another store, checked as it passes: its last bytes are given out only where all are what the source
 * says that they are, so that the target never completes an object that came damaged. Where the source tells an MD5 and
 * nothing else, and the target's server compares, nothing is computed. Not for several threads.
 */
final class CheckedContent extends InputStream implements ContentMd5 {
    private final ObjectContent content;
    private final String thing;
    private final List<Checksum> expected;
    private final String kept;
    private final ContentDigest digest;
    private long left;
    private Map<String, Checksum> found = Map.of();
    private boolean onlyTold;

    /**
     * @param thing the object, for the message
     * @param listed the object as it was listed, or as a manifest has it
     * @param use what the target makes of its MD5
     */
    CheckedContent(ObjectContent content, String thing, StoredObject listed, Md5Use use) {
        this.content = content;
        this.thing = thing;
        this.left = listed.size();
        this.expected = Stream.of(content.object().checksum(), listed.checksum())
                .filter(Objects::nonNull)
                .filter(Checksum::checkable)
                .distinct()
                .toList();
        Set<String> algorithms =
                expected.stream().map(Checksum::algorithm).collect(Collectors.toCollection(TreeSet::new));
        boolean toldMd5 = algorithms.contains(Checksum.MD5);
        this.onlyTold = use == Md5Use.COMPARED && expected.size() == 1 && toldMd5;
        // Twice as fast where a processor has instructions for it, and no change can be made that it does not tell.
        this.kept = use != Md5Use.NONE || toldMd5 ? Checksum.MD5 : Checksum.SHA256;
        algorithms.add(kept);
        this.digest = new ContentDigest(onlyTold ? Set.of() : algorithms);
        if (onlyTold) {
            found = Map.of(Checksum.MD5, expected.get(0));
        }
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
                checksum();
            }
        }
        return count;
    }

    /** What has passed, to be kept of it; asked for when that is all. CORRUPT where it is not what the source says. */
    Checksum checksum() {
        return checksum(kept);
    }

    @Override
    public Checksum value() {
        return checksum(Checksum.MD5);
    }

    private Checksum checksum(String algorithm) {
        if (found.isEmpty()) {
            found = digest.checksums();
        }
        for (Checksum wanted : expected) {
            requireSame(wanted, found.get(wanted.algorithm()));
        }
        return Objects.requireNonNull(found.get(algorithm), algorithm);
    }

    private void requireSame(Checksum wanted, @Nullable Checksum one) {
        if (wanted.contradicts(one)) {
            throw damaged(thing, "its bytes have %s where %s is kept for them".formatted(one, wanted));
        }
    }

    @Override
    public boolean isOnlyTold() {
        return onlyTold;
    }

    @Override
    public void require(Checksum sent) {
        requireSame(value(), sent);
        onlyTold = false;
    }

    /** CORRUPT unless what the target says of the object it wrote agrees with what was sent. */
    void requireWritten(StoredObject written, String target) {
        Checksum there = written.checksum();
        Checksum sent = there == null ? checksum() : found.getOrDefault(there.algorithm(), checksum());
        if (onlyTold ? !sent.equals(there) : sent.contradicts(there)) {
            throw damaged(target, "%s was sent, and the store has %s".formatted(sent, there));
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
