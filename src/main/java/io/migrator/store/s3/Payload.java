package io.migrator.store.s3;

import static io.minio.Checksum.UNSIGNED_PAYLOAD;

import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.JavaDigest;
import io.migrator.store.driver.OffHeap;
import io.minio.Http;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * What one request after the other sends, held so that each can be repeated. Filled in one pass, which computes what the
 * request needs besides. For one thread, and the request that it waits for.
 */
final class Payload implements AutoCloseable {
    private static final int SLICE = 64 << 10;
    private static final byte[] NOTHING = new byte[0];

    private final OffHeap memory;
    private final byte[] slice = new byte[SLICE];
    private final List<ByteBuffer> pieces = new ArrayList<>();
    private final CRC32C crc = new CRC32C();
    private @Nullable MessageDigest sha256;
    private int length;
    private volatile String signature = "";

    /** @param signed whether its request is to be signed over every byte */
    Payload(OffHeap memory, boolean signed) {
        this.memory = memory;
        this.sha256 = signed ? JavaDigest.of("SHA-256") : null;
    }

    /** Forgets what it held and reads on, up to so many bytes or to the end. */
    int fill(InputStream content, int most) throws IOException {
        length = 0;
        crc.reset();
        pieces.forEach(ByteBuffer::clear);
        while (length < most) {
            int count = content.read(slice, 0, Math.min(SLICE, most - length));
            if (count < 0) {
                break;
            }
            add(count);
        }
        signature = sha256 == null ? UNSIGNED_PAYLOAD : HexFormat.of().formatHex(sha256.digest());
        return length;
    }

    private void add(int count) {
        crc.update(slice, 0, count);
        if (sha256 != null) {
            sha256.update(slice, 0, count);
        }
        int from = 0;
        while (from < count) {
            int piece = length / OffHeap.PIECE;
            if (piece == pieces.size()) {
                pieces.add(memory.take());
            }
            int taken = Math.min(count - from, OffHeap.PIECE - length % OffHeap.PIECE);
            pieces.get(piece).put(slice, from, taken);
            from += taken;
            length += taken;
        }
    }

    boolean signed() {
        return !signature.equals(UNSIGNED_PAYLOAD);
    }

    /** Has what it holds signed after all, which is read a second time, and all that follows. */
    void sign() {
        MessageDigest digest = JavaDigest.of("SHA-256");
        content().forEach(digest::update);
        signature = HexFormat.of().formatHex(digest.digest());
        sha256 = digest;
    }

    /** In Base64, as a header has it. */
    String crc32c() {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array());
    }

    /** Of what it holds, which is read a second time. */
    Checksum md5() {
        MessageDigest md5 = JavaDigest.of("MD5");
        content().forEach(md5::update);
        return Checksum.of(Checksum.MD5, md5.digest());
    }

    /**
     * The body of its request, however often that is sent.
     *
     * @param md5 for the server to compare; null for none
     */
    Http.Body body(@Nullable Checksum md5) {
        String compared = md5 == null
                ? null
                : Base64.getEncoder().encodeToString(HexFormat.of().parseHex(md5.hex()));
        return new Http.Body(NOTHING, 0, Http.DEFAULT_MEDIA_TYPE, signature, compared) {
            @Override
            public Http.RequestBody toRequestBody() throws MinioException {
                return new Http.RequestBody(new Sent());
            }
        };
    }

    private List<ByteBuffer> content() {
        List<ByteBuffer> content = new ArrayList<>();
        for (int at = 0; at < length; at += SLICE) {
            content.add(pieces.get(at / OffHeap.PIECE).slice(at % OffHeap.PIECE, Math.min(SLICE, length - at)));
        }
        return content;
    }

    private final class Sent extends RequestBody {
        @Override
        public MediaType contentType() {
            return Http.DEFAULT_MEDIA_TYPE;
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            for (ByteBuffer part : content()) {
                sink.write(part);
            }
        }
    }

    /** Who was interrupted did not wait for its request, which may still read from the memory. */
    @Override
    public void close() {
        if (!Thread.currentThread().isInterrupted()) {
            memory.giveBack(pieces);
        }
    }
}
