package io.migrator.lease;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.own.Lease;
import io.migrator.lease.LeaseFile.Seen;
import io.migrator.store.driver.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to a lease: it is free, or its holder is proven dead, or it was seen unchanged for too long by the clock of
 * this process alone. No clock is compared with another's.
 */
final class LeaseContest {
    /** Of one that says that it was given back: who gives it back has no more to write than that. */
    private static final int MOST_CHANGES = 20;

    private final LeaseFile file;
    private final LeaseHolder holder;
    private final LeaseTerms terms;
    private final Consumer<String> notes;
    private final Lease mine;
    private final boolean ofBackup;
    private boolean sawNone;
    private @Nullable Seen watched;
    private long watchedSince;
    private int changes;

    /** @param ofBackup whether it is the right to write one backup */
    LeaseContest(LeaseFile file, LeaseHolder holder, LeaseTerms terms, Consumer<String> notes, boolean ofBackup) {
        this.file = file;
        this.holder = holder;
        this.terms = terms;
        this.notes = notes;
        this.mine = holder.lease(terms);
        this.ofBackup = ofBackup;
    }

    /** The lease as taken. LOCKED where another run is alive, STOPPED where that was asked for while waiting. */
    Seen win(BooleanSupplier stop, Retry retry) {
        while (true) {
            Optional<Seen> won = retry.call(this::attempt);
            if (won.isPresent()) {
                return won.get();
            }
            if (stop.getAsBoolean()) {
                throw stopped(null);
            }
            sleep(terms.look());
        }
    }

    private Optional<Seen> attempt() {
        Seen seen = file.look().orElse(null);
        if (seen == null) {
            sawNone = true;
            return file.create(mine) ? confirmed() : Optional.empty();
        }
        if (isMine(seen)) {
            // Written by an attempt of which the answer was lost.
            return confirmed();
        }
        return mayTake(seen) && file.replace(mine, seen.etag()).isPresent() ? confirmed() : Optional.empty();
    }

    /** Renewed at once: a store that lets two win by looking first and writing later shows here who came last. */
    private Optional<Seen> confirmed() {
        Seen seen = file.look().filter(this::isMine).orElse(null);
        if (seen == null) {
            return Optional.empty();
        }
        Lease renewed = seen.lease().renewed(seen.lease().renewedAt());
        Optional<Seen> won = file.replace(renewed, seen.etag()).map(etag -> new Seen(renewed, etag));
        if (won.isPresent() && !file.conditional()) {
            notes.accept(
                    "the vault's store keeps no condition on a write: the lease is written and read back, which two runs"
                            + " that begin at the same moment may both get through");
            sleep(terms.settle());
            return file.look().filter(this::isMine);
        }
        return won;
    }

    private boolean isMine(Seen seen) {
        return seen.lease().token().equals(mine.token());
    }

    private boolean mayTake(Seen seen) {
        Lease other = seen.lease();
        if (isOfAnEarlierAttempt(other)) {
            return true;
        }
        ProcessMark.Sign sign = holder.mark().of(other);
        if (sign == ProcessMark.Sign.ALIVE && !other.released()) {
            throw taken(other);
        }
        if (other.holder().equals(holder.id())) {
            return true;
        }
        if (sign == ProcessMark.Sign.DEAD) {
            notes.accept("taking over the lease of %s: that process is dead".formatted(LeaseHolder.describe(other)));
            return true;
        }
        return isStale(seen);
    }

    /** This process began the same run before and could not give its lease back, as where the vault was lost. */
    private boolean isOfAnEarlierAttempt(Lease other) {
        return other.holder().equals(mine.holder())
                && other.machine().equals(mine.machine())
                && other.pid() == mine.pid()
                && other.processStart() == mine.processStart()
                && mine.processStart() != 0;
    }

    private boolean isStale(Seen seen) {
        Seen first = watched;
        Lease other = seen.lease();
        Duration patience = terms.staleAfter(other);
        if (first == null || other.released()) {
            if (sawNone && !other.released()) {
                throw taken(other);
            }
            if (first == null || !first.etag().equals(seen.etag())) {
                changes++;
                if (changes > MOST_CHANGES) {
                    throw taken(other);
                }
                watch(seen, patience);
            }
        } else if (!first.etag().equals(seen.etag())) {
            throw taken(other);
        }
        if (System.nanoTime() - watchedSince < patience.toNanos()) {
            return false;
        }
        notes.accept("taking over the lease of %s: nobody has renewed it for %d s"
                .formatted(LeaseHolder.describe(other), patience.toSeconds()));
        return true;
    }

    /** What is no backup's is taken for many of them. */
    private MigratorException taken(Lease other) {
        return file.taken(other, ofBackup && other.job().equals(mine.job()));
    }

    private void watch(Seen seen, Duration patience) {
        watched = seen;
        watchedSince = System.nanoTime();
        if (!seen.lease().released()) {
            notes.accept("waiting up to %d s to see whether the lease is renewed by %s"
                    .formatted(patience.toSeconds(), LeaseHolder.describe(seen.lease())));
        }
    }

    private void sleep(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(e);
        }
    }

    private MigratorException stopped(@Nullable Throwable origin) {
        return MigratorException.unable(
                Failure.STOPPED,
                "take",
                file.place(),
                "stopped while waiting for another run's lease",
                "Run the same command again.",
                origin);
    }
}
