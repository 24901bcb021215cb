package io.migrator.store.local;

import io.migrator.store.StoredObject;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The entity tag of a file: size and time of modification, as rsync compares files. A listing gets it for free, where a
 * digest would read every byte. It is weak, as HTTP calls it: equal tags mean that nothing was written, different
 * ones do not mean that bytes differ, and a vault carried elsewhere may lose it ({@link StoredObject#lastingEtag}). A copy keeps
 * the time of its source, hence its tag.
 */
final class EntityTag {
    private static final AtomicLong LAST = new AtomicLong();

    private EntityTag() {}

    static String of(BasicFileAttributes file) {
        // Of each file of each listing: a format would cost more than all else about it.
        return StoredObject.WEAK
                + Long.toHexString(nanos(file.lastModifiedTime()))
                + "-"
                + Long.toHexString(file.size());
    }

    /** A time for a new file that no other file of this process has: a file system's clock may tick in milliseconds. */
    static FileTime newTime() {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return FileTime.from(
                LAST.accumulateAndGet(now, (last, wanted) -> Math.max(last + 1, wanted)), TimeUnit.MICROSECONDS);
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
