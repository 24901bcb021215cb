package io.migrator.restore.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read that a wire damaged must not make the backup another one: a restore would never go on with it again. */
class BackupFingerprintTest {
    private static final byte[] META = "{\"name\":\"b\"}".getBytes(UTF_8);

    @TempDir
    private Path dir;

    private final VaultLayout layout = new VaultLayout("backup", "b");
    private LocalFolders folders;
    private int damagedReads;

    @BeforeEach
    void open() {
        folders = new LocalFolders(dir);
        folders.createBucket("vault");
    }

    @Test
    void isReadOnceMoreWhereTheBytesAreNotTheOnesThatTheStoreHas() {
        String whole = BackupFingerprint.of(vault(), layout);
        damagedReads = 1;

        assertThat(BackupFingerprint.of(vault(), layout)).isEqualTo(whole);
        assertThat(damagedReads).isZero();
    }

    @Test
    void isNoneOfDamagedBytes() {
        damagedReads = 2;

        assertThatThrownBy(() -> BackupFingerprint.of(vault(), layout))
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .returns(Failure.CORRUPT, MigratorException::failure);
    }

    /** Holds one meta, whose MD5 it tells. */
    private ObjectStore vault() {
        String meta = layout.meta(MetaFile.BACKUP);
        StoredObject object = new StoredObject(meta, META.length, "e", ContentDigest.of(META, Checksum.MD5));
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> meta.equals(arguments[0]) ? Optional.of(object) : Optional.empty();
                    case "open" -> new ObjectContent(object, new ByteArrayInputStream(bytes()));
                    case "config" -> folders.storage(Side.VAULT, "vault", "");
                    default -> throw new IllegalStateException(method.getName());
                });
    }

    private byte[] bytes() {
        byte[] bytes = META.clone();
        if (damagedReads > 0) {
            damagedReads--;
            bytes[3] ^= 1;
        }
        return bytes;
    }
}
