package io.migrator.cli.output;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stage at one moment.
 *
 * @param totalObjects 0 where not known
 * @param totalBytes 0 where not known
 */
record StageState(String name, long doneObjects, long totalObjects, long doneBytes, long totalBytes, Duration elapsed) {

    double objectsPerSecond() {
        return elapsed.isZero() ? 0 : doneObjects * 1e9 / elapsed.toNanos();
    }

    double bytesPerSecond() {
        return elapsed.isZero() ? 0 : doneBytes * 1e9 / elapsed.toNanos();
    }

    /** From 0 to 1; by bytes where these are known, for objects differ in size. */
    double share() {
        if (totalBytes > 0) {
            return Math.min(1, (double) doneBytes / totalBytes);
        }
        return totalObjects > 0 ? Math.min(1, (double) doneObjects / totalObjects) : 0;
    }

    /** Null where that cannot be told yet. */
    @Nullable
    Duration left() {
        double share = share();
        return share <= 0 || elapsed.isZero()
                ? null
                : Duration.ofMillis((long) (elapsed.toMillis() * (1 - share) / share));
    }

    /** Such as {@code 12/2,004 objects, 1.0 MiB/9.1 GiB, 30 objects/s, 1.0 MiB/s, 5:02 min left}. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (totalObjects > 0 || doneObjects > 0) {
            text.append(Amounts.count(doneObjects));
            text.append(totalObjects > 0 ? "/" + Amounts.count(totalObjects) : "")
                    .append(Math.max(doneObjects, totalObjects) == 1 ? " object" : " objects");
        }
        if (totalBytes > 0 || doneBytes > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(Amounts.bytes((double) doneBytes));
            text.append(totalBytes > 0 ? "/" + Amounts.bytes((double) totalBytes) : "");
        }
        if (doneObjects > 0) {
            text.append(", ")
                    .append(Amounts.count(Math.round(objectsPerSecond())))
                    .append(Math.round(objectsPerSecond()) == 1 ? " object/s" : " objects/s");
        }
        if (doneBytes > 0) {
            text.append(", ").append(Amounts.bytes(bytesPerSecond())).append("/s");
        }
        return text.toString();
    }

    String textWithTimeLeft() {
        Duration left = left();
        String text = text();
        String time = left == null ? Amounts.duration(elapsed) + " so far" : Amounts.duration(left) + " left";
        return text.isEmpty() ? time : text + ", " + time;
    }
}
