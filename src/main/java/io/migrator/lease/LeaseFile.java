package io.migrator.lease;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.own.Lease;
import io.migrator.format.own.OwnJson;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The object that a lease is. Faults of the store pass through; what was written then is not known. */
final class LeaseFile {
    private static final int MOST_BYTES = 64 << 10;

    private final ObjectStore vault;
    private final String key;
    private volatile boolean conditional = true;

    LeaseFile(ObjectStore vault, String key) {
        this.vault = vault;
        this.key = key;
    }

    /** A lease as it was seen. */
    record Seen(Lease lease, String etag) {}

    String key() {
        return key;
    }

    String place() {
        return vault.config().display() + "/" + key;
    }

    /** The lease as it is; one that cannot be read is nobody's, and goes stale like any other. */
    Optional<Seen> look() {
        // The tag first: a content that is newer makes a replacement fail, never one that is older.
        return vault.find(key).flatMap(found -> content().map(lease -> new Seen(lease, found.etag())));
    }

    /** The same, but one that may not be read is nobody's, too: its tag alone tells whether it is renewed. */
    Optional<Seen> watch() {
        try {
            return look();
        } catch (MigratorException e) {
            if (e.failure() != Failure.DENIED) {
                throw e;
            }
            return vault.find(key).map(found -> new Seen(nobodys(), found.etag()));
        }
    }

    private Optional<Lease> content() {
        try {
            return Optional.of(OwnJson.readLease(vault.read(key, MOST_BYTES)));
        } catch (DamagedMetaException e) {
            return Optional.of(nobodys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MigratorException e) {
            return switch (e.failure()) {
                case NOT_FOUND -> Optional.empty();
                case CORRUPT -> Optional.of(nobodys());
                default -> throw e;
            };
        }
    }

    private static Lease nobodys() {
        return new Lease("", "", "", "", "", 0, "", 0, 0, Instant.EPOCH, Instant.EPOCH, 0, false);
    }

    boolean create(Lease lease) {
        return vault.writeIfAbsent(key, bytes(lease));
    }

    /** The new tag; empty where it is another lease by now. */
    Optional<String> replace(Lease lease, String etag) {
        if (conditional) {
            try {
                return vault.writeIfMatch(key, bytes(lease), etag).map(StoredObject::etag);
            } catch (MigratorException e) {
                if (e.failure() != Failure.UNSUPPORTED) {
                    throw e;
                }
                conditional = false;
            }
        }
        return look().filter(seen -> seen.etag().equals(etag))
                .map(seen -> vault.write(key, bytes(lease)).etag());
    }

    /** False once the store was found to keep no conditions: then a write proves something only when it is read back. */
    boolean conditional() {
        return conditional;
    }

    void remove() {
        vault.delete(List.of(key));
    }

    private static byte[] bytes(Lease lease) {
        try {
            return OwnJson.write(lease);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param sameWork whether the other does what this run was to do */
    MigratorException taken(Lease other, boolean sameWork) {
        String cause = "it is in use by " + LeaseHolder.describe(other);
        String advice = "Wait for it to end, or stop it; then run this command again.";
        return sameWork
                ? MigratorException.sameWork("work on", place(), cause, advice, null)
                : MigratorException.unable(Failure.LOCKED, "work on", place(), cause, advice);
    }
}
