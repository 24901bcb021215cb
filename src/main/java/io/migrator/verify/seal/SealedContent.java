package io.migrator.verify.seal;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.DigestingStream;
import io.migrator.format.own.Seal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file of a backup as it is read to be believed: its end fails with CORRUPT where it is not what was sealed. That it was
 * when somebody looked before does not count, for it may be another by now.
 */
final class SealedContent extends FilterInputStream {
    private final DigestingStream digested;
    private final Seal.SealedFile sealed;
    private final String key;
    private boolean closed;

    SealedContent(InputStream content, Seal.SealedFile sealed, String key) {
        this(new DigestingStream(content, Checksum.SHA256), sealed, key);
    }

    private SealedContent(DigestingStream digested, Seal.SealedFile sealed, String key) {
        super(digested);
        this.digested = digested;
        this.sealed = sealed;
        this.key = key;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (DigestingStream in = digested) {
            in.drain();
            String other = SealedReads.otherThan(sealed, in);
            if (!other.isEmpty()) {
                throw MigratorException.unable(
                        Failure.CORRUPT,
                        "read",
                        key,
                        other,
                        "Bring the object back from a copy of the vault, or use another backup.");
            }
        }
    }
}
