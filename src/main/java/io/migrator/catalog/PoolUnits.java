package io.migrator.catalog;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.OwnJson;
import io.migrator.format.pool.PoolNote;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.UnitTable;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The units of the pool that a backup is made of, as its list of them says. */
final class PoolUnits {
    private static final int MOST_NOTE = 1 << 20;

    private final ObjectStore vault;
    private final PoolLayout pool;

    PoolUnits(ObjectStore vault, String rootPath) {
        this.vault = vault;
        this.pool = new PoolLayout(rootPath);
    }

    /** The backup as one of the pool; its units are read when a log is looked for. */
    VaultLayout of(VaultLayout plain) {
        return plain.pooled(pool, () -> read(plain.refs()));
    }

    /**
     * UNSUPPORTED where the pool has a form that this version does not know. One without a note has none but the first:
     * whoever writes another one says so before all else.
     */
    void requireKnown() {
        if (vault.find(pool.note()).isEmpty()) {
            return;
        }
        PoolNote note;
        try {
            note = OwnJson.readPoolNote(vault.read(pool.note(), MOST_NOTE));
        } catch (DamagedMetaException e) {
            throw damaged(pool.note(), "it is damaged " + e.getMessage(), e);
        } catch (IOException e) {
            throw broken(pool.note(), e);
        }
        if (note.format() < 1) {
            throw damaged(pool.note(), "it tells no format", null);
        }
        if (note.format() > PoolNote.FORMAT) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "read",
                    pool.note(),
                    "the pool has the format %d, and this version knows %d".formatted(note.format(), PoolNote.FORMAT),
                    "Use migrator %s or later.".formatted(note.version()));
        }
    }

    private UnitTable read(String refs) {
        try (RefsReader reader = new RefsReader(vault.open(refs), MetaStream::new)) {
            return UnitTable.of(reader);
        } catch (DamagedMetaException e) {
            throw damaged(refs, "it is damaged: " + e.getMessage(), e);
        } catch (MetaStream.TooLargeException e) {
            throw damaged(refs, "it is too large: " + e.getMessage(), e);
        } catch (IOException e) {
            throw broken(refs, e);
        } catch (MigratorException e) {
            throw e.failure() == Failure.NOT_FOUND ? damaged(refs, "the object is missing", e) : e;
        }
    }

    private static MigratorException damaged(String key, String cause, @Nullable Exception fault) {
        return MigratorException.unable(
                Failure.CORRUPT,
                "read",
                key,
                cause,
                "Bring the object back from a copy of the vault, or use another backup.",
                fault);
    }

    private static MigratorException broken(String key, IOException fault) {
        return MigratorException.unable(
                Failure.UNREACHABLE,
                "read",
                key,
                "the connection broke: " + fault.getMessage(),
                "Run the command again.",
                fault);
    }
}
