package io.migrator.milvus.imports;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Wording;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Imports of a Milvus 2.3 that died and came back. It fails those that were at work. One that waited its turn, or came
 * while the session of the dead data node still lived, it may give to that node: it stays "started", nobody works at it,
 * and it is failed only once it expires. Read in its import_manager.go, seen on 2.3.5. For many threads.
 */
final class DeadNodes {
    /** {@code common.session.ttl} is 30 s; the rest is for the server to take note. */
    static final Duration SESSION = Duration.ofSeconds(35);
    /** A node that works at a job names the first segment of it sooner, on 2.3.5 after less than a second. */
    private static final Duration SILENCE = Duration.ofMinutes(1);
    /** {@code rootCoord.importTaskExpiration} is 900 s, and Milvus looks every 300 s. */
    private static final Duration EXPIRY = Duration.ofMinutes(15 + 5);
    /** A server gives other work to the node that has a job 900 s after it came; this leaves room. */
    private static final Duration YOUNG = Duration.ofMinutes(10);

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());

    private final LongSupplier nanos;
    private final InstantSource clock;
    private final BooleanSupplier standalone;
    private final AtomicLong newestCompleted = new AtomicLong();
    private final Map<Long, Seen> silentSince = new ConcurrentHashMap<>();
    private final Map<Long, Seen> failedByRestart = new ConcurrentHashMap<>();
    /** When this process was about to send its jobs. */
    private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
    /** The server's clock at a moment of ours; null until one of the jobs that this process sent was asked for. */
    private volatile @Nullable ServerTime serverTime;

    /** A moment of this process; the instant is for people. */
    private record Seen(long nanos, Instant instant) {}

    /** @param seconds of the server, at that moment or later */
    private record ServerTime(long nanos, long seconds) {}

    /**
     * @param nanos a clock of this process alone, such as {@link System#nanoTime}, by which everything is decided
     * @param clock for people
     * @param standalone whether the server has one data node; asked only where it matters
     */
    DeadNodes(LongSupplier nanos, InstantSource clock, BooleanSupplier standalone) {
        this.nanos = nanos;
        this.clock = clock;
        this.standalone = standalone;
    }

    /** To be read before a job is sent. */
    long now() {
        return nanos.getAsLong();
    }

    /** Takes note of a job that this process sent. */
    void noteSent(long jobId, long before) {
        sentAt.put(jobId, before);
    }

    private boolean isOver(Seen since, Duration time) {
        return now() - since.nanos() >= time.toNanos();
    }

    private Seen seen() {
        return new Seen(now(), clock.instant());
    }

    /** THROTTLED while a job that is sent might be given to a node that died. */
    void requireNoneKnown(Action action) {
        for (Map.Entry<Long, Seen> failed : failedByRestart.entrySet()) {
            if (!isOver(failed.getValue(), SESSION)) {
                throw MigratorException.unable(
                        Failure.THROTTLED,
                        action.verb(),
                        action.thing(),
                        "Milvus restarted in import job %d, and until %s it may give others to a node that died"
                                .formatted(
                                        failed.getKey(),
                                        CLOCK.format(failed.getValue().instant().plus(SESSION))),
                        "Run the same command again then.");
            }
        }
    }

    /** The newest job known to be complete, to be read before a job is asked for that {@link #hasTaken} is to judge. */
    long newestCompleted() {
        return newestCompleted.get();
    }

    void note(GetImportStateResponse task) {
        if (task.getState() == ImportState.ImportCompleted) {
            newestCompleted.accumulateAndGet(task.getId(), Math::max);
        }
        Long sent = sentAt.get(task.getId());
        if (sent != null) {
            serverTime = new ServerTime(sent, task.getCreateTs());
        }
        if (isSilent(task)) {
            silentSince.putIfAbsent(task.getId(), seen());
        } else {
            silentSince.remove(task.getId());
        }
    }

    /** Whether the job failed because the server died. */
    static boolean died(String reason) {
        return Wording.SERVICE_RESTARTED.in(reason);
    }

    /** Takes note of such a job. */
    void noteDeath(long jobId) {
        failedByRestart.putIfAbsent(jobId, seen());
    }

    /**
     * Whether a dead node has the job, so that it will never bring a row. A server gives jobs out in the order of their
     * ids, and none to a node that has one: where a later one is complete and there is one live node, it is not there.
     *
     * @param completed a job that was complete before the state was asked for
     */
    boolean hasTaken(GetImportStateResponse task, long completed) {
        return isSilent(task) && task.getId() < completed && isYoung(task) && standalone.getAsBoolean();
    }

    /**
     * By the server's own clock: the time at which it got a job that this process sent, and what passed here since. What
     * the clock of this machine says is no matter.
     */
    private boolean isYoung(GetImportStateResponse task) {
        ServerTime known = serverTime;
        if (known == null) {
            return false;
        }
        Duration atMost =
                Duration.ofSeconds(known.seconds() + 1 - task.getCreateTs()).plusNanos(now() - known.nanos());
        return atMost.compareTo(YOUNG) < 0;
    }

    /** What a job waits for that does not move, and until when; empty where it does, or has not been looked at for long. */
    String waitsFor(long jobId) {
        Seen since = silentSince.get(jobId);
        if (since == null || !isOver(since, SILENCE)) {
            return "";
        }
        return ("Milvus gave it to a node that has said nothing since %s. If that node died, Milvus gives the job up"
                        + " by %s at the latest (rootCoord.importTaskExpiration), and it is sent again")
                .formatted(
                        CLOCK.format(since.instant()),
                        CLOCK.format(since.instant().plus(EXPIRY)));
    }

    private static boolean isSilent(GetImportStateResponse task) {
        return task.getState() == ImportState.ImportStarted && task.getSegmentIdsCount() == 0;
    }
}
