package io.migrator.lease;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Lease;
import io.migrator.lease.LeaseFile.Seen;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The runs that say they read a backup, see {@link Reading}, and whether any is alive. */
public final class Readers {
    private final ObjectStore vault;
    private final String dir;
    private final String read;
    private final LeaseTerms terms;
    private final Consumer<String> notes;
    /** Tags of notes that nobody renewed while they were watched, by their keys. */
    private final Map<String, String> left = new HashMap<>();

    /** @param notes gets a line where a reader is watched */
    public Readers(ObjectStore vault, VaultLayout layout, Consumer<String> notes) {
        this(vault, layout.readersDir(), layout.name(), notes);
    }

    /**
     * @param dir of their notes
     * @param read what they read
     */
    Readers(ObjectStore vault, String dir, String read, Consumer<String> notes) {
        this.vault = vault;
        this.dir = dir;
        this.read = read;
        this.terms = LeaseTerms.usual();
        this.notes = notes;
    }

    /**
     * LOCKED where one is alive. Those of which that cannot be told at once are watched, all at the same time, until they
     * renew their note or have missed three renewals; once. What they left is removed, so that a note that may not be
     * deleted fails here, before anything else of the backup is gone.
     *
     * @throws MigratorException LOCKED, STOPPED; DENIED where a note may not be deleted
     */
    public void requireNone() {
        Map<String, Seen> watched = new HashMap<>();
        List<String> keys = keys();
        for (String key : keys) {
            look(key).ifPresent(seen -> watched.put(key, seen));
        }
        if (!watched.isEmpty()) {
            watch(watched);
        }
        if (!keys.isEmpty()) {
            vault.delete(keys);
        }
    }

    private void watch(Map<String, Seen> watched) {
        Duration patience = watched.values().stream()
                .map(seen -> terms.staleAfter(seen.lease()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        notes.accept("waiting up to %d s to see whether %s is still read".formatted(patience.toSeconds(), read));
        long since = System.nanoTime();
        while (!watched.isEmpty() && System.nanoTime() - since < patience.toNanos()) {
            sleep();
            for (Map.Entry<String, Seen> before : Map.copyOf(watched).entrySet()) {
                Optional<Seen> now = look(before.getKey());
                if (now.isEmpty()) {
                    watched.remove(before.getKey());
                } else if (!now.get().etag().equals(before.getValue().etag())) {
                    throw read(now.get().lease());
                }
            }
        }
        watched.forEach((key, seen) -> left.put(key, seen.etag()));
    }

    /** Takes away what readers of this machine left that are proven dead, and such as say that they have ended. */
    void removeDead() {
        List<String> dead = keys().stream()
                .filter(key -> new LeaseFile(vault, key)
                        .watch()
                        .map(Seen::lease)
                        .filter(lease -> lease.released() || ProcessMark.look().of(lease) == ProcessMark.Sign.DEAD)
                        .isPresent())
                .toList();
        if (!dead.isEmpty()) {
            vault.delete(dead);
        }
    }

    /** Empty where that reader has ended, or is proven dead; LOCKED where it is proven alive. */
    private Optional<Seen> look(String key) {
        Optional<Seen> seen = new LeaseFile(vault, key).watch();
        if (seen.isEmpty() || seen.get().lease().released() || seen.get().etag().equals(left.get(key))) {
            return Optional.empty();
        }
        Lease lease = seen.get().lease();
        return switch (ProcessMark.look().of(lease)) {
            case ALIVE -> throw read(lease);
            case DEAD -> Optional.empty();
            case UNKNOWN -> seen;
        };
    }

    private List<String> keys() {
        try (Stream<StoredObject> notes = vault.list(dir)) {
            return notes.map(StoredObject::key).toList();
        }
    }

    private MigratorException read(Lease reader) {
        return MigratorException.unable(
                Failure.LOCKED,
                "delete",
                read,
                "it is being read by " + LeaseHolder.describe(reader),
                "Wait for it to end, or stop it; then run this command again.");
    }

    private void sleep() {
        try {
            TimeUnit.NANOSECONDS.sleep(terms.look().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MigratorException.unable(
                    Failure.STOPPED,
                    "delete",
                    read,
                    "stopped while waiting for those who read it",
                    "Run the same command again.",
                    e);
        }
    }
}
