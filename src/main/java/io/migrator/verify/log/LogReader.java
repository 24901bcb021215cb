package io.migrator.verify.log;

import io.migrator.catalog.Finding;
import io.migrator.catalog.Finding.Kind;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.DigestingStream;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.log.LogScan;
import io.migrator.format.log.LongFooterException;
import io.migrator.store.driver.Retry;
import io.migrator.store.throttle.PacedReads;
import io.migrator.store.throttle.Room;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads every byte of a log, once, and tells what is wrong with it. For many threads. */
public final class LogReader {
    private static final int BUFFER = 64 << 10;
    private static final long PACKED = 2;
    /** Delta logs are read whole; of those that need more room than was counted for each log, one is read at a time. */
    private static final Semaphore LARGE = new Semaphore(1, true);
    /** How soon a stop is noticed: what is waited for may be another run's, which is not stopped. */
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private static final int HELD_MIB = LogScan.MOST_HELD >> 20;
    private static final int DELTAS_MIB = LogScan.MOST_OF_DELTAS >> 20;

    private final PacedReads reads;
    private final VaultLayout layout;
    private final BooleanSupplier stop;
    private final Room room;

    public LogReader(PacedReads reads, VaultLayout layout, BooleanSupplier stop) {
        this(reads, layout, stop, Room.ON_HEAP);
    }

    /** @param room that all logs have which are read in the process, and what it copies meanwhile */
    LogReader(PacedReads reads, VaultLayout layout, BooleanSupplier stop, Room room) {
        this.room = room;
        this.reads = reads;
        this.layout = layout;
        this.stop = stop;
    }

    /**
     * What a log is.
     *
     * @param finding null where nothing is wrong with it
     * @param rows empty where they cannot be told
     */
    public record Read(@Nullable Finding finding, OptionalLong rows) {}

    /** Fails with STOPPED where a stop was asked for. */
    public Read read(PlannedReading of, LogFile file) {
        return of.deltas() && file.size() > LogScan.MOST_HELD ? alone(of, file) : within(HELD_MIB, of, file);
    }

    /** Its turn first: what waits for room must not hold what others wait for. */
    private Read alone(PlannedReading of, LogFile file) {
        try {
            while (!LARGE.tryAcquire(LONGEST_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stop.getAsBoolean()) {
                    throw stopped();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
        try {
            return within(HELD_MIB + DELTAS_MIB, of, file);
        } finally {
            LARGE.release();
        }
    }

    private Read within(int mib, PlannedReading of, LogFile file) {
        if (!room.take(mib, stop)) {
            throw stopped();
        }
        try {
            if (stop.getAsBoolean()) {
                throw stopped();
            }
            return twice(of, file);
        } finally {
            room.give(mib);
        }
    }

    private static MigratorException stopped() {
        return new MigratorException(Failure.STOPPED, "stopped before a log was read, which a restart reads");
    }

    private Read twice(PlannedReading of, LogFile file) {
        Read first = Retry.BRIEF.call(() -> once(of, file));
        // A byte that the wire flipped is no damage of the backup.
        return first.finding() == null ? first : Retry.BRIEF.call(() -> once(of, file));
    }

    private Read once(PlannedReading of, LogFile file) {
        try {
            return once(of, file, LogScan.USUAL_FOOTER);
        } catch (LongFooterException usual) {
            try {
                return once(of, file, LogScan.LONGEST_FOOTER);
            } catch (LongFooterException longest) {
                throw new IllegalStateException("there is room for it", longest);
            }
        }
    }

    private Read once(PlannedReading of, LogFile file, int room) throws LongFooterException {
        Checksum reference = file.reference();
        String key = layout.ofManifest(file.key());
        try (DigestingStream in = new DigestingStream(
                new BufferedInputStream(reads.open(key, file.size(), stop), BUFFER),
                reference == null ? null : reference.algorithm())) {
            LogScan scan = null;
            String fault = "";
            try {
                scan = LogScan.read(in, file.size(), form(of), room);
            } catch (DamagedMetaException e) {
                fault = String.valueOf(e.getMessage());
            }
            in.drain();
            return judged(of, file, in, scan, fault);
        } catch (MigratorException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return wrong(Kind.MISSING, of, file, "the object is missing");
            }
            throw e;
        } catch (LongFooterException e) {
            throw e;
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "read",
                    key,
                    "reading broke off: " + e.getMessage(),
                    "Run the same command again.",
                    e);
        }
    }

    private static LogScan.Form form(PlannedReading of) {
        if (of.deltas()) {
            return LogScan.Form.DELTA;
        }
        return of.storageVersion() >= PACKED ? LogScan.Form.PACKED : LogScan.Form.INSERT_BINLOG;
    }

    private Read judged(PlannedReading of, LogFile file, DigestingStream in, @Nullable LogScan scan, String fault) {
        Checksum reference = file.reference();
        Checksum found = in.checksum();
        if (in.bytes() != file.size()) {
            return wrong(Kind.WRONG_SIZE, of, file, "gave " + in.bytes() + " bytes instead of " + file.size());
        }
        if (reference != null && !reference.equals(found) && !isNoMd5(file)) {
            String detail = "its content gives " + found + " instead of " + reference;
            return wrong(Kind.CHECKSUM, of, file, fault.isEmpty() ? detail : detail + "; " + fault);
        }
        if (scan == null) {
            return wrong(Kind.ENVELOPE, of, file, fault);
        }
        // What the backup's own checksum proves is what Milvus had under this name, whatever it says of itself.
        if (!file.recorded() && scan.ids() != null && !matches(of, file, scan.ids())) {
            return wrong(Kind.ENVELOPE, of, file, "it is the log of another segment or field: " + scan.ids());
        }
        if (Long.compareUnsigned(scan.to(), of.latest()) > 0) {
            return wrong(Kind.ENVELOPE, of, file, "its latest timestamp %d is after the backup".formatted(scan.to()));
        }
        return new Read(null, scan.rows());
    }

    /** An object that a key of KMS encrypts has a tag that only looks like an MD5, also where that of others is one. */
    private boolean isNoMd5(LogFile file) {
        return file.fromTag()
                && reads.find(layout.ofManifest(file.key()))
                        .filter(object -> object.checksum() == null
                                || !object.checksum().algorithm().equals(Checksum.MD5))
                        .isPresent();
    }

    private static boolean matches(PlannedReading of, LogFile file, LogScan.Ids ids) {
        boolean segment = ids.collection() == of.collection() && ids.segment() == of.segment();
        return segment && (of.deltas() || (ids.partition() == of.partition() && ids.field() == field(file)));
    }

    /** Each holds the end of a log, of which half of the heap must have room for all, and for one large delta log. */
    public static int mostInFlight(long heap) {
        long room = heap / 2 - LogScan.MOST_OF_DELTAS;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, room / LogScan.MOST_HELD));
    }

    /** The field, or group of fields, that an insert log is of. */
    public static long field(LogFile file) {
        String dir = file.key().substring(0, file.key().lastIndexOf('/'));
        return Long.parseLong(dir.substring(dir.lastIndexOf('/') + 1));
    }

    private Read wrong(Kind kind, PlannedReading of, LogFile file, String detail) {
        return new Read(
                new Finding(kind, of.collection(), layout.ofManifest(file.key()), detail), OptionalLong.empty());
    }
}
