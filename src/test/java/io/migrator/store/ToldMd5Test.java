package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.lab.DamagingProxy;
import io.migrator.lab.LyingS3;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.Transfer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An MD5 that the source tells is proved also by a target that does not look at the one it is sent, or tells none. */
final class ToldMd5Test {
    private static final byte[] CONTENT = DamagingProxy.MARK.repeat(100).getBytes(UTF_8);
    private static final Checksum MD5 = ContentDigest.of(CONTENT, Checksum.MD5);

    private LyingS3 from;
    private LyingS3 to;
    private ObjectStore source;
    private ObjectStore target;

    @BeforeEach
    void open() {
        from = new LyingS3(Set.of());
        to = new LyingS3(Set.of());
        source = Stores.open(from.storage(Side.MILVUS, "milvus", ""));
        target = Stores.open(to.storage(Side.VAULT, "vault", ""));
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
        from.close();
        to.close();
    }

    private static CopyResult copy(ObjectStore source, ObjectStore target, StoredObject object) {
        return CopyEngine.between(source, target, Transfer.STREAM, 2)
                .copy(List.of(new CopyRequest(object, "copy")), () -> false)
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "aws:kms"})
    void isTakenWhereTheBytesHaveIt(String encryption) {
        to.encrypt(key -> encryption);
        assertThat(copy(source, target, source.write("object", CONTENT)).target())
                .isNotNull()
                .returns(MD5, StoredObject::checksum);
        assertThat(target.read("copy", CONTENT.length)).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "aws:kms"})
    void isRefusedWhereTheBytesThatWereReadHaveAnother(String encryption) {
        to.encrypt(key -> encryption);
        StoredObject object = source.write("object", CONTENT);
        try (DamagingProxy way = new DamagingProxy(from.port(), Integer.MAX_VALUE);
                ObjectStore damaging = Stores.open(Configs.withPort(source.config(), way.port()))) {
            assertThatThrownBy(() -> copy(damaging, target, object))
                    .satisfies(Faults.are(Failure.CORRUPT))
                    .hasMessageContaining("milvus/object")
                    .hasMessageContaining(MD5.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Integer.MAX_VALUE})
    void isRefusedWhereTheTargetHasOtherBytes(int times) {
        StoredObject object = source.write("object", CONTENT);
        try (DamagingProxy way = new DamagingProxy(to.port(), times);
                ObjectStore damaging = Stores.open(Configs.withPort(target.config(), way.port()))) {
            if (times == 1) {
                copy(source, damaging, object);
                assertThat(target.read("copy", CONTENT.length)).isEqualTo(CONTENT);
            } else {
                assertThatThrownBy(() -> copy(source, damaging, object))
                        .satisfies(Faults.are(Failure.CORRUPT))
                        .hasMessageContaining("vault/copy");
            }
        }
    }
}
