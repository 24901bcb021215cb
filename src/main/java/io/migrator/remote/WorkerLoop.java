package io.migrator.remote;

import io.migrator.batch.StopSignal;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The threads of a worker: they take partitions of whichever runs ask for help, until they are told to stop. */
public final class WorkerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long LOOK_MILLIS = 100;
    /** A run that could not be helped is tried again then. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Self self;
    private final Presence presence;
    private final Opener opener;
    private final StopSignal stop;
    private final Consumer<String> notes;
    private final Duration poll;
    private final Map<String, HelpedRun> helped = new ConcurrentHashMap<>();
    private final Map<String, Long> leftAlone = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    /** Schemas of runs that are being opened, each on a thread of its own: a network that hangs must not keep the scout. */
    private final Set<String> opening = ConcurrentHashMap.newKeySet();
    /** They are not helped any more, and closed as soon as nothing of theirs is at work. */
    private final List<HelpedRun> left = new ArrayList<>();

    private volatile long busy = System.nanoTime();
    private final Semaphore opened = new Semaphore(0);
    private boolean ended;

    /**
     * What a worker is.
     *
     * @param id for people, and to tell workers apart
     * @param places see {@link Offer}: all that it can help with
     * @param helps which runs, beyond the version and the places
     * @param idle ends it after so long without a partition; zero for never
     */
    public record Self(
            String id, String version, List<String> places, int threads, Predicate<Offer> helps, Duration idle) {}

    /** Connects to what a run needs. */
    public interface Opener {
        HelpedRun open(Offer offer);
    }

    public WorkerLoop(Offers offers, Self self, Opener opener, StopSignal stop, Consumer<String> notes) {
        this(offers, self, opener, stop, notes, POLL);
    }

    /** @param poll between two looks for work */
    WorkerLoop(Offers offers, Self self, Opener opener, StopSignal stop, Consumer<String> notes, Duration poll) {
        this.poll = poll;
        this.self = self;
        this.presence = new Presence(offers, self);
        this.opener = opener;
        this.stop = stop;
        this.notes = notes;
    }

    /** Returns once it was told to stop, or had nothing to do for as long as it may wait; what was at work is handed back. */
    public void run() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < self.threads(); i++) {
            Thread thread = new Thread(this::work, "worker-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        try {
            scout();
        } finally {
            stop.request();
            end(threads);
        }
    }

    private void scout() {
        while (!stop.requested()) {
            presence.open().ifPresentOrElse(this::look, this::awake);
            // After a look: this process may have stood still since the one before.
            if (idle()) {
                return;
            }
            pause();
        }
    }

    /** Nobody knows whether there is nothing to do. */
    private void awake() {
        busy = System.nanoTime();
    }

    private boolean idle() {
        if (!opening.isEmpty() || helped.values().stream().anyMatch(HelpedRun::busy)) {
            busy = System.nanoTime();
        }
        return !self.idle().isZero() && System.nanoTime() - busy > self.idle().toNanos();
    }

    private void look(List<Offer> open) {
        for (HelpedRun run : List.copyOf(helped.values())) {
            boolean anothers = open.stream()
                    .anyMatch(offer -> offer.schema().equals(run.offer().schema()) && !offer.equals(run.offer()));
            if (anothers) {
                run.cutOff();
            }
            if (anothers || (!open.contains(run.offer()) && !run.busy())) {
                helped.remove(run.offer().schema());
                left.add(run);
            }
        }
        closeLeft(false);
        for (Offer offer : open) {
            if (helped.containsKey(offer.schema()) || !self.helps().test(offer)) {
                continue;
            }
            if (!offer.version().equals(self.version())) {
                tell(offer, "is version %s's, this is %s".formatted(offer.version(), self.version()));
            } else if (!self.places().contains(offer.places())) {
                tell(
                        offer,
                        "its places are %s, this worker's configuration names others: %s"
                                .formatted(offer.places(), String.join("; ", self.places())));
            } else {
                open(offer);
            }
        }
    }

    private void closeLeft(boolean all) {
        for (HelpedRun run : List.copyOf(left)) {
            if (all || !run.busy()) {
                left.remove(run);
                close(run);
            }
        }
    }

    private void open(Offer offer) {
        Long since = leftAlone.get(key(offer));
        boolean tooEarly = since != null && System.nanoTime() - since < AGAIN.toNanos();
        if (tooEarly || !opening.add(offer.schema())) {
            return;
        }
        Thread thread = new Thread(() -> help(offer), "worker-opening");
        thread.setDaemon(true);
        thread.start();
    }

    /** What fails is this run's alone: there may be others. */
    private void help(Offer offer) {
        try {
            HelpedRun run = opener.open(offer);
            if (keep(run)) {
                notes.accept("helping with the %s %s".formatted(offer.job(), offer.name()));
            } else {
                close(run);
            }
        } catch (MigratorException e) {
            leave(offer, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.debug("opening a run", e);
            leave(offer, String.valueOf(new MigratorException(Failure.UNCLASSIFIED, String.valueOf(e)).getMessage()));
        } finally {
            opening.remove(offer.schema());
        }
    }

    private void leave(Offer offer, String why) {
        leftAlone.put(key(offer), System.nanoTime());
        tell(offer, why);
    }

    private synchronized boolean keep(HelpedRun run) {
        if (!ended) {
            busy = System.nanoTime();
            helped.put(run.offer().schema(), run);
            opened.release(self.threads());
        }
        return !ended;
    }

    private synchronized void keepNoMore() {
        ended = true;
    }

    private void tell(Offer offer, String why) {
        if (told.add(key(offer) + why)) {
            notes.accept("leaving the run %s alone, a %s: %s".formatted(offer.name(), offer.job(), why));
        }
    }

    private static String key(Offer offer) {
        return offer.schema() + " " + offer.epoch();
    }

    private void work() {
        while (!stop.requested()) {
            boolean took = false;
            for (HelpedRun run : helped.values()) {
                took |= !stop.requested() && took(run);
            }
            if (!took) {
                awaitOpened();
            }
        }
    }

    private boolean took(HelpedRun run) {
        try {
            boolean took = run.takeOne();
            busy = took ? System.nanoTime() : busy;
            return took;
        } catch (DataAccessException | TransactionException e) {
            // The request is back, whatever was lost of the database.
            LOG.debug("a partition was not ended", e);
        } catch (RuntimeException | Error e) {
            LOG.error("a partition was not ended", e);
        }
        return false;
    }

    private void end(List<Thread> threads) {
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                // Again and again: one may just have taken another.
                helped.values().forEach(HelpedRun::handBack);
                join(thread);
            }
        }
        keepNoMore();
        left.addAll(helped.values());
        closeLeft(true);
        presence.leave();
    }

    private static void close(HelpedRun run) {
        try {
            run.close();
        } catch (RuntimeException e) {
            LOG.debug("closing a helped run", e);
        }
    }

    private void join(Thread thread) {
        try {
            thread.join(poll.toMillis());
        } catch (InterruptedException e) {
            LOG.debug("interrupted", e);
        }
    }

    private void pause() {
        try {
            Thread.sleep(Math.min(LOOK_MILLIS, poll.toMillis()));
        } catch (InterruptedException e) {
            stop.request();
        }
    }

    private boolean awaitOpened() {
        try {
            return opened.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stop.request();
            return false;
        }
    }
}
