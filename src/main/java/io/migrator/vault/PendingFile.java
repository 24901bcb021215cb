package io.migrator.vault;

import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.JavaDigest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A file that is written before it is sent, with its digest: in memory, and not in a file of this machine, for one of the
 * metas holds password hashes. Compressed from some size on.
 */
final class PendingFile extends OutputStream {
    private static final int PLAIN = 16 << 20;

    private final MessageDigest digest = JavaDigest.of("SHA-256");
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private OutputStream out = bytes;
    private boolean packed;
    private long size;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        digest.update(buffer, offset, length);
        size += length;
        if (!packed && size > PLAIN) {
            pack();
        }
        out.write(buffer, offset, length);
    }

    private void pack() throws IOException {
        byte[] plain = bytes.toByteArray();
        bytes.reset();
        out = new DeflaterOutputStream(bytes, deflater);
        out.write(plain);
        packed = true;
    }

    long size() {
        return size;
    }

    Checksum checksum() {
        return Checksum.of(Checksum.SHA256, digest.digest());
    }

    /** Nothing more is written. */
    void end() throws IOException {
        out.close();
    }

    /** What was written, once it has ended. */
    InputStream read() {
        InputStream plain = new ByteArrayInputStream(bytes.toByteArray());
        return packed ? new InflaterInputStream(plain) : plain;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
