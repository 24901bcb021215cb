package io.migrator.verify;

import io.migrator.catalog.Finding;
import io.migrator.catalog.Finding.Kind;
import io.migrator.catalog.LostDeletes;
import io.migrator.catalog.MetaStream;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.LevelFiles;
import io.migrator.format.meta.LevelJoin;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.UnitTable;
import io.migrator.milvus.schema.RawSchema;
import io.migrator.store.ObjectStore;
import io.migrator.verify.seal.DescribingFiles;
import io.migrator.verify.seal.SealOrigin;
import io.migrator.verify.seal.SealTerms;
import io.migrator.verify.seal.SealedReads;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether the files that describe a backup are there, can be read, are what they were, and say the same. */
final class MetaCheck {
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final DescribingFiles files;
    private final SealedReads reads;

    MetaCheck(ObjectStore vault, VaultLayout layout, SealTerms terms, Consumer<Finding> found) {
        this.vault = vault;
        this.layout = layout;
        this.files = new DescribingFiles(vault, layout, terms, found);
        this.reads = files.reads();
    }

    /**
     * What the files say.
     *
     * @param backup null where neither {@code full_meta.json} nor the level files can be read
     * @param readable whether a restore can read it
     * @param run null where migrator did not make the backup, or its record is lost
     * @param unitsKnown whether it is known which logs it has: false where its list of units cannot be read
     * @param own whether migrator made the backup
     * @param sealed whether the files could be held against a seal
     * @param origin who made the seal
     */
    record Described(
            @Nullable BackupInfo backup,
            boolean readable,
            @Nullable RunRecord run,
            boolean unitsKnown,
            boolean own,
            boolean sealed,
            SealOrigin origin) {}

    /** @param ids the collections to look at; empty for all */
    Described run(Set<Long> ids) {
        reads.sealedKeys().stream()
                .filter(key -> !files.has(key) && !files.isSchema(key))
                .forEach(key -> reads.missing(0, key));
        boolean unitsKnown = !layout.isPooled() || units();
        BackupInfo full = require(layout.meta(MetaFile.FULL))
                ? reads.read(0, layout.meta(MetaFile.FULL), MetaJson::readFull).orElse(null)
                : null;
        boolean readable = !files.has(layout.meta(MetaFile.FULL)) || !reads.isBad(layout.meta(MetaFile.FULL));
        BackupInfo backup = full;
        if (full != null) {
            compareLevels(full);
        } else {
            backup = levels();
            readable &= backup != null
                    && !layout.isPooled()
                    && LevelJoin.FILES.stream().noneMatch(file -> reads.isBad(layout.meta(file)))
                    && backup.collections().stream().allMatch(collection -> LostDeletes.of(vault, layout, collection)
                            .isEmpty());
        }
        RunRecord run = files.own() ? ownFiles(backup, ids) : null;
        SealOrigin origin = files.origin(backup == null ? layout.name() : backup.name());
        if (origin.refused()) {
            reads.wrong(
                    Kind.SEAL_KEY,
                    0,
                    layout.seal(),
                    (origin.cause() + ". " + origin.advice()).replaceFirst("\\.$", ""));
        }
        return new Described(backup, readable && unitsKnown, run, unitsKnown, files.own(), files.sealed(), origin);
    }

    /** Whether the list of units can be read; it is held against the metas when the listing is. */
    private boolean units() {
        return require(layout.refs())
                && reads.read(0, layout.refs(), MetaCheck::units).isPresent();
    }

    private static UnitTable units(InputStream in) throws IOException {
        // The whole of it is read for its digest, also where it is no list of units.
        InputStream open = new FilterInputStream(in) {
            @Override
            public void close() {}
        };
        try (RefsReader refs = new RefsReader(open, MetaStream::new)) {
            return UnitTable.of(refs);
        }
    }

    private boolean require(String key) {
        return require(0, key);
    }

    private boolean require(long collection, String key) {
        if (!files.has(key) && !reads.isBad(key)) {
            reads.missing(collection, key);
        }
        return files.has(key);
    }

    private void compareLevels(BackupInfo full) {
        LevelFiles levels = new LevelFiles(full);
        for (MetaFile file : LevelJoin.FILES) {
            String key = layout.meta(file);
            if (!require(key)) {
                continue;
            }
            String difference =
                    reads.read(0, key, in -> levels.difference(file, in)).orElse("");
            // Which of two is right the seal tells, where there is one.
            if (!difference.isEmpty() && !reads.isBad(key) && !reads.isBad(layout.meta(MetaFile.FULL))) {
                String detail = "it says something else than full_meta.json " + difference;
                reads.wrong(Kind.METAS_DISAGREE, 0, key, detail);
            }
        }
    }

    /** The backup rebuilt, to go on looking where {@code full_meta.json} cannot be read. */
    private @Nullable BackupInfo levels() {
        LevelJoin levels = new LevelJoin();
        for (MetaFile file : LevelJoin.FILES) {
            String key = layout.meta(file);
            if (require(key)) {
                reads.read(0, key, in -> {
                    levels.read(file, in);
                    return true;
                });
            }
        }
        if (!levels.complete()) {
            return null;
        }
        try {
            return levels.joined();
        } catch (DamagedMetaException e) {
            reads.wrong(Kind.META_DAMAGED, 0, layout.metaDir(), "the level files: " + e.getMessage());
            return null;
        }
    }

    private @Nullable RunRecord ownFiles(@Nullable BackupInfo backup, Set<Long> ids) {
        RunRecord run = null;
        if (require(layout.runRecord())) {
            run = reads.read(
                            0, layout.runRecord(), in -> OwnJson.readRunRecord(in.readNBytes(DescribingFiles.MOST_OWN)))
                    .orElse(null);
        }
        if (require(layout.objectManifest())) {
            // Its lines are read when the listing is compared with them.
            reads.read(0, layout.objectManifest(), in -> true);
        }
        if (files.lacksSeal()) {
            require(layout.seal());
        }
        if (backup == null) {
            return run;
        }
        if (run != null && !reads.isBad(layout.runRecord())) {
            String difference = new RunAgreement(backup).difference(run);
            if (!difference.isEmpty()) {
                reads.wrong(Kind.METAS_DISAGREE, 0, layout.runRecord(), difference);
            }
        }
        backup.collections().stream()
                .filter(collection -> ids.isEmpty() || ids.contains(collection.collectionId()))
                .filter(collection -> require(collection.collectionId(), layout.rawSchema(collection.collectionId())))
                .forEach(this::schema);
        return run;
    }

    private void schema(CollectionInfo collection) {
        long id = collection.collectionId();
        String key = layout.rawSchema(id);
        Optional<Optional<RawSchema>> read =
                reads.read(id, key, in -> RawSchema.read(in.readNBytes(DescribingFiles.MOST_OWN)));
        if (read.isEmpty() || reads.isBad(key)) {
            return;
        }
        RawSchema schema = read.get().orElse(null);
        if (schema == null) {
            reads.wrong(Kind.META_DAMAGED, id, key, "it is damaged: no description of a collection");
        } else if (!schema.collection().equals(collection.name())
                || (schema.collectionId() != 0 && schema.collectionId() != id)) {
            String detail = "it describes collection %d '%s' instead of %d '%s'"
                    .formatted(schema.collectionId(), schema.collection(), id, collection.name());
            reads.wrong(Kind.METAS_DISAGREE, id, key, detail);
        }
    }
}
