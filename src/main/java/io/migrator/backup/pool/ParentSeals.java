package io.migrator.backup.pool;

import io.migrator.config.Secret;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.DigestingStream;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Seal;
import io.migrator.format.own.SealMac;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Whether what a parent says is what was sealed, with the user's key where there is one. Without this a backup would put its own seal on units
 * that somebody without the key had put into the pool.
 */
final class ParentSeals {
    private static final int MOST = 64 << 20;

    private final ObjectStore vault;
    private final Secret key;

    /** @param key of the user's; empty where there is none, and a seal tells of damage alone */
    ParentSeals(ObjectStore vault, Secret key) {
        this.vault = vault;
        this.key = key;
    }

    /** A file of a parent, which is believed once it was read to its end. For one thread. */
    final class Watched extends DigestingStream {
        private final VaultLayout layout;
        private final String file;

        private Watched(VaultLayout layout, String file, InputStream in) {
            super(in, Checksum.SHA256);
            this.layout = layout;
            this.file = file;
        }

        /**
         * Reads what is left.
         *
         * @throws DamagedMetaException where it is not what was sealed
         */
        void requireSealed() throws IOException {
            drain();
            Optional<Seal> seal = seal(layout);
            if (seal.isEmpty()) {
                return;
            }
            Checksum found = checksum();
            boolean sealed = seal.get().files().stream()
                    .anyMatch(one -> (layout.backupDir() + one.key()).equals(file)
                            && one.checksum().equals(found));
            if (!sealed) {
                throw new DamagedMetaException("it is not what was sealed");
            }
        }
    }

    /** Opens a file of a parent; the caller closes it. */
    Watched open(VaultLayout layout, String file) {
        return new Watched(layout, file, vault.open(file));
    }

    /** Empty where there is none and no key asks for one. */
    private Optional<Seal> seal(VaultLayout layout) throws DamagedMetaException {
        try {
            byte[] seal = vault.read(layout.seal(), MOST);
            if (!key.isEmpty() && !SealMac.matches(vault.read(layout.sealMac(), SealMac.MOST), seal, key.reveal())) {
                throw new DamagedMetaException("its seal was not made with the seal.key that is set here");
            }
            return Optional.of(Seal.read(seal));
        } catch (MigratorException e) {
            if (e.failure() == Failure.CORRUPT) {
                throw new DamagedMetaException("its seal cannot be read", e);
            }
            if (e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
            if (key.isEmpty()) {
                return Optional.empty();
            }
            throw new DamagedMetaException("it is not sealed with a key", e);
        }
    }
}
