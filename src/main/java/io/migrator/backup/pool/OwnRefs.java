package io.migrator.backup.pool;

import io.migrator.backup.state.PlannedUnit;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.RefsWriter;
import io.migrator.format.pool.UnitRef;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The list of units of the backup that is being made, as it lies in the vault. While it is there nobody deletes what it
 * names, so it only ever grows until the backup is complete, and is written over no other version than the one that was read.
 */
final class OwnRefs {
    /** A million units take some 40 MiB. */
    private static final int MOST = 256 << 20;

    private static final int ATTEMPTS = 4;

    private final ObjectStore vault;
    private final String key;
    private final Runnable fence;

    /** @param fence fails where the backup is not this run's any more */
    OwnRefs(ObjectStore vault, String key, Runnable fence) {
        this.vault = vault;
        this.key = key;
        this.fence = fence;
    }

    /** What lies there. */
    static final class Seen {
        private final StoredObject object;
        private final byte[] content;

        private Seen(StoredObject object, byte[] content) {
            this.object = object;
            this.content = content;
        }

        private boolean holds(byte[] list) {
            return Arrays.equals(content, list);
        }

        RefsReader reader() throws IOException {
            return new RefsReader(new ByteArrayInputStream(content));
        }

        /** What the names of own units end with; empty where the list cannot be read. */
        Optional<String> run() {
            try (RefsReader refs = reader()) {
                while (refs.next() != null) {
                    // Cut further on it is worth nothing either.
                }
                return Optional.of(refs.run());
            } catch (DamagedMetaException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Optional<Seen> read() {
        return vault.find(key).map(object -> new Seen(object, vault.read(key, MOST)));
    }

    /** Whether all of these are named; both come in the order of listings. */
    static boolean names(Seen there, Stream<PlannedUnit> units) {
        try (RefsReader refs = there.reader()) {
            UnitRef next = refs.next();
            for (PlannedUnit one : (Iterable<PlannedUnit>) units::iterator) {
                while (next != null && next.unit().compareTo(one.unit()) < 0) {
                    next = refs.next();
                }
                if (next == null || !next.unit().equals(one.unit())) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The list of these units, and of those that were named before.
     *
     * @param before null to name none but these
     */
    static byte[] list(String run, Stream<PlannedUnit> units, @Nullable Seen before) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RefsWriter out = new RefsWriter(bytes, run);
                RefsReader old = before == null ? null : before.reader()) {
            UnitRef kept = old == null ? null : old.next();
            Iterator<PlannedUnit> planned = units.iterator();
            PlannedUnit next = planned.hasNext() ? planned.next() : null;
            while (kept != null || next != null) {
                int order = kept == null ? 1 : next == null ? -1 : kept.unit().compareTo(next.unit());
                if (order < 0 && kept != null) {
                    out.write(kept);
                } else if (next != null) {
                    out.write(new UnitRef(next.unit(), next.objects(), next.bytes()));
                    next = planned.hasNext() ? planned.next() : null;
                }
                if (order <= 0 && old != null) {
                    kept = old.next();
                }
            }
            out.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes over the version that was seen.
     *
     * @throws MigratorException LOCKED where another wrote since
     */
    void write(byte[] content, Optional<Seen> before) {
        if (before.filter(seen -> seen.holds(content)).isPresent()) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            fence.run();
            MigratorException lost = null;
            boolean done = false;
            try {
                done = writtenOver(content, before.map(seen -> seen.object));
            } catch (MigratorException e) {
                // Sent once: whether it was done is to be looked at.
                if (!e.failure().retryHelps() || attempt == ATTEMPTS) {
                    throw e;
                }
                lost = e;
            }
            if (done || read().filter(now -> now.holds(content)).isPresent()) {
                return;
            }
            if (lost == null) {
                throw MigratorException.unable(
                        Failure.LOCKED,
                        "write",
                        vault.config().display() + "/" + key,
                        "another run has written it since",
                        "Let one run at a time work on a backup; run this command again when the other has ended.");
            }
        }
    }

    private boolean writtenOver(byte[] content, Optional<StoredObject> before) {
        if (before.isEmpty()) {
            return vault.writeIfAbsent(key, content);
        }
        if (!before.get().etag().isEmpty()) {
            try {
                return vault.writeIfMatch(key, content, before.get().etag()).isPresent();
            } catch (MigratorException e) {
                if (e.failure() != Failure.UNSUPPORTED) {
                    throw e;
                }
            }
        }
        vault.write(key, content);
        return true;
    }
}
