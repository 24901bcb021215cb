package io.migrator.check;

import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Retry;
import io.migrator.store.throttle.Throttle;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Whether the vault's server copies by itself, from where, and only what it was asked for. */
final class CopyLooks {
    private static final String WITHIN = "copy in the vault";
    private static final String REPLACED = "copy of a replaced object";
    private static final String FROM_MILVUS = "copy from milvus bucket";
    /** Larger objects of Milvus are passed over, since they are read to be compared. */
    private static final long MOST = 16L << 20;

    private static final int LOOKED_AT = 1000;

    private final Scratch scratch;
    private final ObjectStore vault;

    CopyLooks(Scratch scratch) {
        this.scratch = scratch;
        this.vault = scratch.store();
    }

    void run(Findings findings) {
        findings.look(WITHIN, this::within);
        findings.look(REPLACED, this::replaced);
    }

    /** Only reads there, and copies as a backup does, by the same code. */
    void fromMilvus(ObjectStore bucket, BackupCopies copies, Findings findings) {
        findings.look(FROM_MILVUS, () -> fromMilvus(bucket, copies));
    }

    private CheckFinding within() {
        byte[] content = new byte[3000];
        Arrays.fill(content, (byte) 7);
        StoredObject source = vault.write(scratch.key("copied from"), content);
        String key = scratch.key(WITHIN);
        try {
            StoredObject copy = Retry.await(vault.copyFrom(vault.config(), source, key));
            byte[] read = scratch.read(key, content.length).orElse(new byte[0]);
            return copy.size() == content.length && Arrays.equals(read, content)
                    ? CheckFinding.ok(WITHIN, "the server copies within the vault")
                    : damaged(WITHIN);
        } catch (MigratorException e) {
            return switch (e.failure()) {
                case DENIED, UNSUPPORTED ->
                    CheckFinding.warn(
                            WITHIN,
                            "the server does not copy, so objects go through this machine, which takes longer: "
                                    + e.getMessage());
                default -> throw e;
            };
        }
    }

    private CheckFinding replaced() {
        String key = scratch.key("replaced source");
        StoredObject listed = vault.write(key, new byte[10]);
        vault.write(key, new byte[] {1, 2, 3});
        try {
            Retry.await(vault.copyFrom(vault.config(), listed, scratch.key("replaced copy")));
        } catch (MigratorException e) {
            return switch (e.failure()) {
                case SOURCE_CHANGED -> CheckFinding.ok(REPLACED, "is refused: only what was planned is copied");
                case UNSUPPORTED, DENIED ->
                    CheckFinding.ok(REPLACED, "the server does not copy, so there is nothing to be refused");
                default -> throw e;
            };
        }
        return Lacking.integrity(
                REPLACED,
                "an object that was replaced after it was listed was copied all the same",
                "a backup may hold other files than its description says");
    }

    private CheckFinding fromMilvus(ObjectStore bucket, BackupCopies copies) {
        Optional<StoredObject> some;
        try (Stream<StoredObject> objects =
                bucket.list(VaultLayout.rootDir(bucket.config().rootPath()))) {
            some = objects.limit(LOOKED_AT)
                    .filter(object -> object.size() > 0 && object.size() <= MOST)
                    .findFirst();
        }
        return some.map(object -> fromMilvus(bucket, object, copies))
                .orElseGet(() ->
                        CheckFinding.ok(FROM_MILVUS, "not tried, because there is no object under Milvus' root path"));
    }

    private CheckFinding fromMilvus(ObjectStore bucket, StoredObject source, BackupCopies copies) {
        List<String> notes = new CopyOnWriteArrayList<>();
        byte[] content = bucket.read(source.key(), (int) MOST);
        String key = scratch.key(FROM_MILVUS);
        CopyEngine engine =
                CopyEngine.between(bucket, vault, copies.transfer(), copies.inFlight(), Throttle.NONE, notes::add);
        CopyResult result =
                engine.copy(List.of(new CopyRequest(source, key)), () -> false).get(0);
        if (result.outcome() != CopyResult.Outcome.COPIED) {
            return CheckFinding.ok(
                    FROM_MILVUS, "not tried, because Milvus removed '%s' meanwhile".formatted(source.key()));
        }
        if (!Arrays.equals(scratch.read(key, (int) MOST).orElse(new byte[0]), content)) {
            return damaged(FROM_MILVUS);
        }
        String told = String.join("; ", notes);
        boolean couldBeFaster = engine.transfer().equals(CopyEngine.STREAMING)
                && copies.transfer() == Transfer.AUTO
                && bucket.config().sameServer(vault.config());
        return couldBeFaster
                ? CheckFinding.warn(FROM_MILVUS, told + ". The vault is on the same server, which would be faster")
                : CheckFinding.ok(FROM_MILVUS, told);
    }

    private static CheckFinding damaged(String subject) {
        return Lacking.integrity(
                subject, "the copy of an object has other bytes", "a backup made by such copies would be damaged");
    }
}
