package io.migrator.catalog;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import io.migrator.format.own.HoldNote;
import io.migrator.format.own.Lease;
import io.migrator.format.own.Marker;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/** Reads the small files of a backup; what cannot be read is CORRUPT and names the object. */
final class SmallFiles {
    private static final int MAX_SMALL = 4 << 20;
    private static final int MAX_SCHEMA = 64 << 20;

    private final ObjectStore vault;

    SmallFiles(ObjectStore vault) {
        this.vault = vault;
    }

    BackupInfo head(VaultLayout layout) {
        return read(layout.meta(MetaFile.BACKUP), MetaJson::readHead);
    }

    Marker marker(VaultLayout layout) {
        return read(layout.marker(), OwnJson::readMarker);
    }

    RunRecord runRecord(VaultLayout layout) {
        return read(layout.runRecord(), OwnJson::readRunRecord);
    }

    RunRecord runRecord(VaultLayout layout, Function<String, InputStream> opened) {
        return read(layout.runRecord(), OwnJson::readRunRecord, key -> {
            try (InputStream in = opened.apply(key)) {
                return in.readNBytes(MAX_SMALL);
            }
        });
    }

    /** One that cannot be read holds for ever. */
    Optional<HoldNote> hold(VaultLayout layout) {
        try {
            return Optional.of(read(layout.hold(), OwnJson::readHoldNote));
        } catch (MigratorException e) {
            return switch (e.failure()) {
                case NOT_FOUND -> Optional.empty();
                case CORRUPT -> Optional.of(HoldNote.unreadable());
                default -> throw e;
            };
        }
    }

    /** Empty where there is none, or none that can be read. */
    Optional<Lease> lease(VaultLayout layout) {
        try {
            return Optional.of(read(layout.lease(), OwnJson::readLease));
        } catch (MigratorException e) {
            return switch (e.failure()) {
                case NOT_FOUND, CORRUPT -> Optional.empty();
                default -> throw e;
            };
        }
    }

    byte[] rawSchema(VaultLayout layout, long collectionId) {
        return vault.read(layout.rawSchema(collectionId), MAX_SCHEMA);
    }

    private <T> T read(String key, Parser<T> parser) {
        return read(key, parser, one -> vault.read(one, MAX_SMALL));
    }

    private <T> T read(String key, Parser<T> parser, Content content) {
        try {
            return parser.parse(content.of(key));
        } catch (DamagedMetaException e) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "read",
                    key,
                    "it is damaged " + e.getMessage(),
                    "Bring the object back from a copy of the vault, or delete the backup.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Content {
        byte[] of(String key) throws IOException;
    }

    private interface Parser<T> {
        T parse(byte[] content) throws IOException;
    }
}
