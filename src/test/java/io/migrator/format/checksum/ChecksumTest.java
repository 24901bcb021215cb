package io.migrator.format.checksum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumTest {
    private static final byte[] DIGITS = "123456789".getBytes(UTF_8);

    @ParameterizedTest
    @CsvSource({
        "md5, 25f9e794323b453885f5181f1b624d0b",
        "sha256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
        "crc32c, e3069283",
        "crc64nvme, ae8b14860a799888",
    })
    void computesTheCheckValueOfEachAlgorithm(String algorithm, String hex) throws IOException {
        Checksum computed = ContentDigest.of(new ByteArrayInputStream(DIGITS), algorithm);

        assertThat(computed).isEqualTo(new Checksum(algorithm, hex)).hasToString(algorithm + ":" + hex);
        assertThat(Checksum.parse(computed.toString())).contains(computed);
        assertThat(computed.checkable()).isTrue();
    }

    @Test
    void computesSeveralInOnePassOverPieces() {
        ContentDigest digest = new ContentDigest(Set.of(Checksum.MD5, Checksum.CRC64NVME));
        digest.update(DIGITS, 0, 4);
        digest.update(DIGITS, 4, 0);
        digest.update(DIGITS, 4, 5);

        assertThat(digest.checksum(Checksum.CRC64NVME).hex()).isEqualTo("ae8b14860a799888");
        assertThat(digest.checksum(Checksum.MD5).hex()).isEqualTo("25f9e794323b453885f5181f1b624d0b");
        assertThatThrownBy(() -> digest.checksum(Checksum.CRC32C)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Many bytes are taken at once, and what is left of them one by one. */
    @ParameterizedTest
    @CsvSource({"md5", "sha256", "crc32c", "crc64nvme"})
    void computesTheSameOfPiecesOfAnyLength(String algorithm) {
        byte[] content = new byte[1000];
        new Random(1).nextBytes(content);
        ContentDigest oneByOne = new ContentDigest(Set.of(algorithm));
        for (int i = 0; i < content.length; i++) {
            oneByOne.update(content, i, 1);
        }
        ContentDigest pieces = new ContentDigest(Set.of(algorithm));
        for (int from = 0, length = 0; from < content.length; from += length, length++) {
            pieces.update(content, from, Math.min(length, content.length - from));
        }

        assertThat(pieces.checksum(algorithm))
                .isEqualTo(oneByOne.checksum(algorithm))
                .isEqualTo(ContentDigest.of(content, algorithm));
    }

    @Test
    void keepsWhatItCannotCheck() {
        Checksum later = Checksum.parse("blake3:00FF").orElseThrow();

        assertThat(later).hasToString("blake3:00ff");
        assertThat(later.checkable()).isFalse();
        assertThatThrownBy(() -> new ContentDigest(Set.of("blake3"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contradictsOnlyOneOfTheSameAlgorithm() {
        Checksum one = new Checksum("MD5", "00AB");

        assertThat(one.contradicts(new Checksum("md5", "00ab"))).isFalse();
        assertThat(one.contradicts(new Checksum("md5", "00ac"))).isTrue();
        assertThat(one.contradicts(new Checksum("crc32c", "00ac"))).isFalse();
        assertThat(one.contradicts(null)).isFalse();
    }

    @Test
    void takesATagForAnMd5ByItsForm() {
        assertThat(Checksum.md5OfTag("25F9E794323B453885F5181F1B624D0B"))
                .contains(new Checksum("md5", "25f9e794323b453885f5181f1b624d0b"));
        assertThat(Checksum.md5OfTag("25f9e794323b453885f5181f1b624d0b-3")).isEmpty();
        assertThat(Checksum.md5OfTag("W/1")).isEmpty();
        assertThat(Checksum.md5OfTag("")).isEmpty();
    }
}
