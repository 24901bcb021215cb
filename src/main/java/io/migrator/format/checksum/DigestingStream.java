package io.migrator.format.checksum;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes the checksum of all that is read, and counts it. Not for several threads. */
public class DigestingStream extends InputStream {
    private final InputStream content;
    private final @Nullable String algorithm;
    private final ContentDigest digest;
    private final byte[] one = new byte[1];
    private long bytes;

    /** @param algorithm of the checksum; null for none */
    public DigestingStream(InputStream content, @Nullable String algorithm) {
        this.content = content;
        this.algorithm = algorithm;
        this.digest = new ContentDigest(algorithm == null ? Set.of() : Set.of(algorithm));
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = content.read(buffer, offset, length);
        if (count > 0) {
            digest.update(buffer, offset, count);
            bytes += count;
        }
        return count;
    }

    /** Reads what is left, wherever a reader gave up. */
    public void drain() throws IOException {
        transferTo(OutputStream.nullOutputStream());
    }

    public long bytes() {
        return bytes;
    }

    /** Of all that was read; to be asked for once. Null where none was wanted. */
    @Nullable
    public Checksum checksum() {
        return algorithm == null ? null : digest.checksum(algorithm);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
