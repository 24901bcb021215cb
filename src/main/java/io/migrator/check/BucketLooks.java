package io.migrator.check;

import io.migrator.failure.Failure;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.ServerClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks at a bucket: whether it can be reached, what we may do there, and whether the clocks agree. */
final class BucketLooks {
    private static final Duration NOTICEABLE = Duration.ofSeconds(60);
    /** S3 refuses requests that are 15 minutes off. */
    private static final Duration REFUSED = Duration.ofMinutes(15);

    private final ObjectStore store;
    private final Findings findings;

    BucketLooks(ObjectStore store, Findings findings) {
        this.store = store;
        this.findings = findings;
    }

    boolean reachable(String subject) {
        boolean listed = findings.look(subject, () -> {
            store.requireReachable();
            return CheckFinding.ok(subject, store.config().display() + " can be listed");
        });
        // Asked for in any case: a clock that is off looks like a wrong key.
        clock(subject);
        return listed;
    }

    private void clock(String subject) {
        String name = "clock of " + subject;
        Optional<Duration> ahead = ServerClock.ahead(store.config());
        if (ahead.isEmpty()) {
            return;
        }
        long seconds = ahead.get().toSeconds();
        Duration off = ahead.get().abs();
        String told = "the store's clock is %d s %s this machine's"
                .formatted(Math.abs(seconds), seconds < 0 ? "behind" : "ahead of");
        if (off.compareTo(REFUSED) >= 0) {
            findings.add(CheckFinding.fail(
                    name, Failure.DENIED, told + ": requests are refused. Set both by NTP, this machine's first"));
        } else if (off.compareTo(NOTICEABLE) >= 0) {
            findings.add(CheckFinding.warn(name, told + ". Set both by NTP: from 15 minutes on requests are refused"));
        } else {
            findings.add(CheckFinding.ok(name, "within a minute of this machine's"));
        }
    }

    /** Writes, reads and deletes a small object under the root path; whether it could be written. */
    boolean rights(String rootPath) {
        String key = VaultLayout.join(rootPath, Scratch.START + UUID.randomUUID());
        byte[] content = "check".getBytes(StandardCharsets.US_ASCII);
        boolean written = findings.look("vault write", () -> {
            store.write(key, content);
            return CheckFinding.ok("vault write", "objects can be written under " + place(rootPath));
        });
        if (!written) {
            return false;
        }
        findings.look("vault read", () -> {
            byte[] read = store.read(key, content.length);
            return Arrays.equals(read, content)
                    ? CheckFinding.ok("vault read", "what was written is read back")
                    : CheckFinding.fail(
                            "vault read",
                            Failure.CORRUPT,
                            "'%s' came back with other bytes. Do not use this store for backups".formatted(key));
        });
        findings.look("vault delete", () -> {
            store.delete(List.of(key));
            return store.find(key).isEmpty()
                    ? CheckFinding.ok("vault delete", "objects can be deleted")
                    : CheckFinding.fail(
                            "vault delete",
                            Failure.DENIED,
                            "'%s' is still there after it was deleted. Give the key the right to delete"
                                    .formatted(key));
        });
        return true;
    }

    private String place(String rootPath) {
        return store.config().bucketName() + "/" + VaultLayout.rootDir(rootPath);
    }
}
