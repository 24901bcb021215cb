package io.migrator.restore.staging;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import io.migrator.config.StorageType;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.CopyProof;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.UnfinishedUpload;
import io.migrator.transfer.CopyEngine;
import io.migrator.vault.CopiedSums;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The place in Milvus' bucket where files wait for their import, when Milvus cannot read the vault. */
public final class Staging {
    private static final int DELETE_BATCH = 1000;
    private static final String SIGN = "staging_sign";
    private static final int MOST_OF_SIGN = 1024;

    private final JobContext context;
    private final RestoreOptions options;
    private final ObjectStore milvusStore;
    private final ObjectStore vault;
    private final VaultLayout layout;

    /** @param layout of the backup */
    public Staging(
            JobContext context,
            RestoreOptions options,
            ObjectStore milvusStore,
            ObjectStore vault,
            VaultLayout layout) {
        this.layout = layout;
        this.context = context;
        this.options = options;
        this.milvusStore = milvusStore;
        this.vault = vault;
    }

    /** One recognisable prefix for each restore; the same after a restart. */
    public String dir() {
        return "migrator-staging/" + context.name() + "-" + context.identity() + "/";
    }

    /**
     * Whether Milvus finds the backup in its own bucket under the vault's keys. Decided by looking for the backup's meta
     * there, not by comparing configuration: one server may have two addresses.
     */
    public boolean milvusReadsVault() {
        if (!milvusStore.config().bucketName().equals(vault.config().bucketName())) {
            return false;
        }
        String key = layout.meta(MetaFile.BACKUP);
        Optional<StoredObject> there = milvusStore.find(key);
        return there.isPresent() && there.equals(vault.find(key));
    }

    /** Fails where this run may not write and delete there. */
    public void requireWritable() {
        milvusStore.write(dir() + "probe", new byte[0]);
        milvusStore.delete(List.of(dir() + "probe"));
    }

    /** Leaves a word there by which other processes know the place: one address may be two. */
    public void sign(RunFacts facts) {
        String word = UUID.randomUUID().toString();
        facts.put(SIGN, word);
        milvusStore.write(signKey(), word.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the word of the run lies in this one. */
    public boolean isSigned(RunFacts facts) {
        return facts.find(SIGN)
                .filter(word -> milvusStore.find(signKey()).isPresent()
                        && word.equals(new String(milvusStore.read(signKey(), MOST_OF_SIGN), StandardCharsets.UTF_8)))
                .isPresent();
    }

    /** An import takes what it finds. */
    public void eraseSign(RunFacts facts) {
        if (facts.find(SIGN).isPresent()) {
            milvusStore.delete(List.of(signKey()));
            facts.remove(SIGN);
        }
    }

    private String signKey() {
        return dir() + "run";
    }

    /**
     * Looks whether everything planned lies there as it was copied, and deletes what nobody planned: an import takes what
     * it finds. What is not whole is copied again by the next run.
     *
     * @return what is wrong, by the collection it concerns
     */
    public Map<Long, MigratorException> requireWhole(CopyPlan plan) {
        deleteHalfWritten();
        CopyProof.Result result = new CopyProof(plan, milvusStore, dir()).verify(milvusStore::delete);
        Map<Long, MigratorException> faults = new TreeMap<>();
        Map<Long, String> unequal = new CopiedSums(plan, vault, layout).differing();
        notWhole(plan, List.copyOf(unequal.keySet()), List.copyOf(unequal.values()), faults);
        notWhole(plan, result.damagedRows(), result.damaged(), faults);
        return faults;
    }

    /** In a folder they are files that no listing of objects shows, and Milvus sees. What is unfinished in a bucket it does not. */
    private void deleteHalfWritten() {
        if (milvusStore.config().type() == StorageType.LOCAL) {
            try (Stream<UnfinishedUpload> left = milvusStore.unfinishedUploads(dir())) {
                delete(left.map(UnfinishedUpload::key));
            }
        }
    }

    private void notWhole(CopyPlan plan, List<Long> rows, List<String> lines, Map<Long, MigratorException> faults) {
        plan.objectsByOwner(rows).forEach((owner, count) -> faults.put(owner, notWhole(count, lines.get(0))));
        plan.reopen(rows);
    }

    private MigratorException notWhole(long count, String first) {
        return MigratorException.unable(
                Failure.CORRUPT,
                "stage",
                milvusStore.config().display() + "/" + dir(),
                "%s; first: %s"
                        .formatted(
                                Counted.of(count, "file is not as it must be", "files are not as they must be"), first),
                "Run the same command again; if it happens again, the vault has lost files: find out with verify.");
    }

    /** Copies are held against what the backup keeps of its files, as far as they pass through this process. */
    public CopyEngine engine(CopyPlan plan) {
        new CopiedSums(plan, vault, layout).expect();
        return CopyEngine.between(
                vault,
                milvusStore,
                options.transfer(),
                options.inFlight(),
                options.throttle(),
                context.progress()::note);
    }

    /** Deletes what was staged, by this run or one before it. */
    public void remove() {
        if (context.config().backup().keepTempFiles()) {
            return;
        }
        clear();
    }

    /** Deletes all that lies there, whatever the configuration says about keeping it: another backup is staged now. */
    public void clear() {
        try (Stream<StoredObject> objects = milvusStore.list(dir())) {
            delete(objects.map(StoredObject::key));
        }
    }

    private void delete(Stream<String> keys) {
        List<String> batch = new ArrayList<>();
        keys.forEach(key -> {
            batch.add(key);
            if (batch.size() == DELETE_BATCH) {
                milvusStore.delete(batch);
                batch.clear();
            }
        });
        milvusStore.delete(batch);
    }
}
