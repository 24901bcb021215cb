package io.migrator.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.format.checksum.Checksum;
import io.migrator.store.Faults;
import io.migrator.store.Md5Use;
import io.migrator.store.ObjectContent;
import io.migrator.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CheckedContentTest {
    private static final Checksum MD5_OF_ABC = new Checksum(Checksum.MD5, "900150983cd24fb0d6963f7d28e17f72");

    /** As of a store that answers without a length. */
    private static CheckedContent content(String bytes, Checksum listed) {
        return new CheckedContent(
                new ObjectContent(new StoredObject("a", -1, ""), new ByteArrayInputStream(bytes.getBytes(UTF_8))),
                "bucket/a",
                new StoredObject("a", 3, "", listed),
                Md5Use.KEPT);
    }

    @Test
    void givesOutSoundContent() throws IOException {
        CheckedContent sound = content("abc", MD5_OF_ABC);
        assertThat(sound.readNBytes(3)).asString(UTF_8).isEqualTo("abc");
        assertThat(sound.value()).isEqualTo(MD5_OF_ABC);
    }

    @Test
    void keepsBackTheLastBytesOfDamagedContentAlsoWhereTheAnswerTellsNoLength() {
        assertThatThrownBy(() -> content("abd", MD5_OF_ABC).readNBytes(3))
                .satisfies(Faults.are(Failure.CORRUPT))
                .hasMessageContaining("bucket/a")
                .hasMessageContaining(MD5_OF_ABC.toString());
    }

    @Test
    void namesTheSumThatDoesNotFitWhereTwoOfOneKindAreKept() {
        Checksum sum = new Checksum(Checksum.CRC32C, "364b3fb7");
        Checksum other = new Checksum(Checksum.CRC32C, "00000000");
        CheckedContent content = new CheckedContent(
                new ObjectContent(new StoredObject("a", 3, "", sum), new ByteArrayInputStream("abc".getBytes(UTF_8))),
                "bucket/a",
                new StoredObject("a", 3, "", other),
                Md5Use.COMPARED);
        assertThatThrownBy(() -> content.readNBytes(3))
                .satisfies(Faults.are(Failure.CORRUPT))
                .hasMessageContaining("its bytes have %s where %s is kept".formatted(sum, other));
    }
}
