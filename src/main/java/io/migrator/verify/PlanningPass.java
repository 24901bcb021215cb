package io.migrator.verify;

import io.migrator.catalog.FileCheck;
import io.migrator.catalog.FileVisitor;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.own.RunRecord;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One look at what lies in the vault: takes down what is wrong, and freezes what a deep proof is to read. */
final class PlanningPass {
    private static final int MOST_META = 64 << 20;

    private final ObjectStore vault;
    private final VaultLayout layout;
    private final VerifyTables tables;
    private final ProofState state;

    PlanningPass(ObjectStore vault, VaultLayout layout, VerifyTables tables, ProofState state) {
        this.vault = vault;
        this.layout = layout;
        this.tables = tables;
        this.state = state;
    }

    /**
     * @param run null where migrator did not make the backup
     * @param deep whether anything is to be read after it; a plan that is there already stays as it is
     * @param comparison looks at the vault and tells the visitor
     */
    FileCheck run(
            BackupInfo backup,
            @Nullable RunRecord run,
            boolean deep,
            Share share,
            Function<FileVisitor, FileCheck> comparison) {
        boolean planning = deep && !state.planned();
        FileCheck listed = list(backup, run, planning, share, comparison);
        // A plan of a damaged vault lacks what was missing: a run after a repair has to make another.
        if (planning && tables.problemsOf().isEmpty()) {
            state.markPlanned();
        }
        return listed;
    }

    /** The same for one of several backups: who has looked at all of them says whether that makes a plan. */
    FileCheck list(
            BackupInfo backup,
            @Nullable RunRecord run,
            boolean planning,
            Share share,
            Function<FileVisitor, FileCheck> comparison) {
        ReadingPlan plan = new ReadingPlan(
                tables,
                layout,
                share,
                planning && tagsAreMd5(),
                new LatestTime(backup.collections(), run, Instant.now()),
                planning);
        FileCheck listed = comparison.apply(plan);
        plan.end();
        return listed;
    }

    /** Whether this store's entity tags are MD5s of the content, seen by one of the smallest objects. */
    private boolean tagsAreMd5() {
        String key = layout.meta(MetaFile.BACKUP);
        String tag = vault.find(key).map(StoredObject::etag).orElse("");
        return Checksum.md5OfTag(tag)
                .filter(md5 -> md5.equals(ContentDigest.of(vault.read(key, MOST_META), Checksum.MD5)))
                .isPresent();
    }
}
