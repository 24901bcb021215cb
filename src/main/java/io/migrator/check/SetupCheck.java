package io.migrator.check;

import io.migrator.config.MigratorConfig;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.connect.Milvus;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything a job needs: Milvus, both buckets, their rights, the root path and the clocks. Milvus and its bucket
 * are only read; in the vault one small object is written, read and deleted.
 */
public final class SetupCheck {
    private final MigratorConfig config;
    private final @Nullable BackupCopies analysed;
    private final Findings findings = new Findings();

    /** @param analysed null unless the guarantees of the vault's store are to be tried, too ({@link StoreAnalysis}) */
    public SetupCheck(MigratorConfig config, @Nullable BackupCopies analysed) {
        this.config = config;
        this.analysed = analysed;
    }

    /** Every finding, in the order of the looks. Never fails for what a user can be told. */
    public List<CheckFinding> run() {
        try (Opened<ObjectStore> milvusStore = open("milvus bucket", () -> Stores.open(config.milvusStorage()));
                Opened<ObjectStore> vault = open("vault", () -> Stores.open(config.vault()));
                Opened<MilvusSource> source = open("milvus", () -> Milvus.source(config.milvus()))) {
            MilvusSource reached =
                    source.get() != null && new MilvusLooks(config, source.get(), findings).run() ? source.get() : null;
            ObjectStore bucket = milvusStore.get();
            boolean listed = bucket != null && new BucketLooks(bucket, findings).reachable("milvus bucket");
            if (listed && bucket != null) {
                SettingsLook.run(bucket, "milvus bucket", findings);
            }
            ObjectStore vaultBucket = vault.get();
            if (vaultBucket != null) {
                BucketLooks looks = new BucketLooks(vaultBucket, findings);
                boolean reachable = looks.reachable("vault");
                boolean writable = reachable && looks.rights(config.vault().rootPath());
                if (reachable) {
                    SettingsLook.run(vaultBucket, "vault", findings);
                    findings.look("unfinished uploads", () -> UploadsLook.of(vaultBucket, Instant.now()));
                }
                if (writable && analysed != null) {
                    new StoreAnalysis(vaultBucket, listed ? bucket : null, analysed, findings)
                            .run(StoreAnalysis.MORE_THAN_A_PAGE);
                }
            }
            findings.add(PlacesLook.of(config.milvusStorage(), config.vault()));
            if (reached != null && listed && bucket != null) {
                findings.look("root path", new RootPathLook(reached, bucket)::find);
            }
        }
        return findings.all();
    }

    /** Something to be closed, or null where opening it failed, which is a finding. */
    private record Opened<T extends AutoCloseable>(@Nullable T thing) implements AutoCloseable {
        @Nullable
        T get() {
            return thing;
        }

        @Override
        public void close() {
            if (thing instanceof ObjectStore store) {
                store.close();
            } else if (thing instanceof MilvusSource source) {
                source.close();
            }
        }
    }

    private <T extends AutoCloseable> Opened<T> open(String subject, Supplier<T> opening) {
        try {
            return new Opened<>(opening.get());
        } catch (MigratorException e) {
            findings.add(CheckFinding.fail(subject, e.failure(), String.valueOf(e.getMessage())));
            return new Opened<>(null);
        }
    }
}
