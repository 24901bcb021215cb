package io.migrator.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file in memory comes back as it was written, whether it had to be compressed or not. */
class PendingFileTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 20, 16 << 20, (16 << 20) + 1, 20 << 20})
    void isReadAsItWasWritten(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(18).nextBytes(content);
        try (PendingFile file = new PendingFile()) {
            int half = size / 2;
            file.write(content, 0, half);
            file.write(content, half, size - half);
            file.end();

            assertThat(file.size()).isEqualTo(size);
            assertThat(file.checksum()).isEqualTo(ContentDigest.of(content, Checksum.SHA256));
            assertThat(file.read().readAllBytes()).isEqualTo(content);
        }
    }
}
