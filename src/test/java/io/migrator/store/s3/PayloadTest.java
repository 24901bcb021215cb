package io.migrator.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.store.driver.OffHeap;
import io.minio.Http;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] sent(Http.Body body) throws MinioException, IOException {
        Http.RequestBody request = body.toRequestBody();
        Buffer sink = new Buffer();
        request.writeTo(sink);
        assertThat(request.contentLength()).isEqualTo(sink.size());
        return sink.readByteArray();
    }

    private static String base64(byte[] content, String algorithm) {
        return Base64.getEncoder()
                .encodeToString(HexFormat.of()
                        .parseHex(ContentDigest.of(content, algorithm).hex()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_537, OffHeap.PIECE, OffHeap.PIECE + 1, 3 * OffHeap.PIECE + 100_000})
    void isSentAsItWasReadHoweverOften(int length) throws MinioException, IOException {
        byte[] content = bytes(length);
        try (Payload payload = new Payload(new OffHeap(), true)) {
            int filled = payload.fill(new ByteArrayInputStream(content), 1 << 20);
            Http.Body body = payload.body(null);

            assertThat(filled).isEqualTo(length);
            assertThat(sent(body)).isEqualTo(content);
            assertThat(sent(body)).as("repeated").isEqualTo(content);
            assertThat(payload.body(null).sha256Hash())
                    .isEqualTo(body.sha256Hash())
                    .isEqualTo(ContentDigest.of(content, Checksum.SHA256).hex());
            assertThat(payload.crc32c()).isEqualTo(base64(content, Checksum.CRC32C));
            assertThat(payload.md5()).isEqualTo(ContentDigest.of(content, Checksum.MD5));
        }
    }

    @Test
    void holdsOnePartAfterTheOtherInTheSameMemory() throws MinioException, IOException {
        byte[] content = bytes(1_000_000);
        ByteArrayInputStream in = new ByteArrayInputStream(content);
        OffHeap memory = new OffHeap();
        for (int from : new int[] {0, 600_000}) {
            try (Payload payload = new Payload(memory, false)) {
                payload.fill(in, 400_000);
                assertThat(sent(payload.body(null))).isEqualTo(Arrays.copyOfRange(content, from, from + 400_000));
                if (from == 0) {
                    payload.fill(in, 200_000);
                    assertThat(sent(payload.body(null))).isEqualTo(Arrays.copyOfRange(content, 400_000, 600_000));
                }
            }
        }
    }
}
