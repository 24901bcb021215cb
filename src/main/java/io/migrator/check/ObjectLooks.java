package io.migrator.check;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.CopyThreads;
import io.migrator.store.driver.Retry;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether a single object is at once, and for everybody, what was written last. */
final class ObjectLooks {
    private static final int ROUNDS = 10;
    /** Crosses the limit from which on every store gets several requests. */
    private static final int LARGE = 9 << 20;

    private static final int VERSION_SIZE = 64 << 10;

    private final Scratch scratch;
    private final ObjectStore store;

    ObjectLooks(Scratch scratch) {
        this.scratch = scratch;
        this.store = scratch.store();
    }

    void run(Findings findings) {
        findings.look("read after write", this::readAfterWrite);
        findings.look("overwrite", this::overwrite);
        findings.look("whole objects", this::wholeObjects);
        findings.look("parts", this::parts);
    }

    private CheckFinding readAfterWrite() {
        String subject = "read after write";
        for (int round = 0; round < ROUNDS; round++) {
            String key = scratch.key("read/" + round);
            byte[] content = random(1000 + round);
            // Asked before: some stores remember for a while that an object was not there.
            store.find(key);
            store.write(key, content);
            Optional<StoredObject> found = store.find(key);
            Optional<byte[]> read = scratch.read(key, VERSION_SIZE);
            if (found.isEmpty() || read.isEmpty()) {
                return Lacking.guarantee(
                        subject,
                        "object %d of %d was not there right after it was written".formatted(round + 1, ROUNDS),
                        "a backup may miss its own files, and a resumed one copy them again");
            }
            if (found.get().size() != content.length || !Arrays.equals(read.get(), content)) {
                return Lacking.integrity(
                        subject,
                        "object %d of %d came back with other bytes".formatted(round + 1, ROUNDS),
                        "nothing that is kept there can be trusted");
            }
        }
        return CheckFinding.ok(subject, "%d objects were there as written, at once".formatted(ROUNDS));
    }

    private CheckFinding overwrite() {
        String subject = "overwrite";
        String key = scratch.key("overwritten");
        for (int round = 0; round < ROUNDS; round++) {
            byte[] content = random(500 + round);
            store.write(key, content);
            long size = store.find(key).map(StoredObject::size).orElse(-1L);
            byte[] read = scratch.read(key, VERSION_SIZE).orElse(new byte[0]);
            if (size != content.length || !Arrays.equals(read, content)) {
                return Lacking.integrity(
                        subject,
                        "version %d of an object was not what was read right after it was written".formatted(round + 1),
                        "a run may go on from an old state of its own, or restore by an old description");
            }
        }
        return CheckFinding.ok(subject, "%d times the version written last was read".formatted(ROUNDS));
    }

    /** Each version is one byte over and over, so a mixture shows. */
    private CheckFinding wholeObjects() {
        String subject = "whole objects";
        String key = scratch.key("replaced");
        store.write(key, version(0));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> reads = CompletableFuture.supplyAsync(
                () -> {
                    int whole = 0;
                    do {
                        byte[] read = store.read(key, 2 * VERSION_SIZE);
                        if (!isWhole(read)) {
                            return -1;
                        }
                        whole++;
                    } while (!done.get());
                    return whole;
                },
                CopyThreads.named("check-read", 1));
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                store.write(key, version(round));
            }
        } finally {
            done.set(true);
        }
        int whole = Retry.await(reads);
        return whole > 0
                ? CheckFinding.ok(subject, "%d reads while it was replaced saw one version each".formatted(whole))
                : Lacking.integrity(
                        subject,
                        "a reader saw a mixture of two versions of an object",
                        "a description that is replaced may be read half old, half new");
    }

    private static byte[] version(int round) {
        byte[] content = new byte[VERSION_SIZE];
        Arrays.fill(content, (byte) round);
        return content;
    }

    private static boolean isWhole(byte[] content) {
        return content.length == VERSION_SIZE && Arrays.equals(content, version(content[0]));
    }

    private CheckFinding parts() {
        String subject = "parts";
        byte[] content = random(LARGE);
        String key = scratch.key("large");
        store.write(key, new ByteArrayInputStream(content), -1);
        if (!Arrays.equals(scratch.read(key, LARGE).orElse(new byte[0]), content)) {
            return Lacking.integrity(
                    subject,
                    "an object of %d MiB, written in parts, came back with other bytes".formatted(LARGE >> 20),
                    "large files of a backup would be damaged");
        }
        String cut = scratch.key("cut");
        try {
            store.write(cut, new ByteArrayInputStream(content), LARGE + 1L);
        } catch (MigratorException e) {
            if (e.failure() != Failure.SOURCE_CHANGED) {
                throw e;
            }
        }
        return store.find(cut).isPresent()
                ? Lacking.guarantee(
                        subject,
                        "an object that was given up in the middle is there",
                        "half a file would pass for a whole one")
                : CheckFinding.ok(
                        subject,
                        "an object of %d MiB was written and read; of one given up nothing is seen"
                                .formatted(LARGE >> 20));
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
