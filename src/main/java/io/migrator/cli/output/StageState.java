package io.migrator.cli.output;

import io.migrator.report.Stage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stage at one moment.
 *
 * @param moreObjects done since it began; what was done before is in the stage itself
 * @param moreBytes the same
 * @param heard how long it had gone on when something was last done of it
 * @param silent whether that is longer ago than ever before: then nothing can be guessed from what was done
 */
record StageState(Stage stage, long moreObjects, long moreBytes, Duration elapsed, Duration heard, boolean silent) {
    private static final Duration NOTICED = Duration.ofMillis(500);

    StageState(Stage stage, long moreObjects, long moreBytes, Duration elapsed) {
        this(stage, moreObjects, moreBytes, elapsed, elapsed, false);
    }

    StageState heard(Duration last, boolean silence) {
        return new StageState(stage, moreObjects, moreBytes, elapsed, last, silence);
    }

    /** Whether it stands still just now, as far as people notice. */
    boolean quiet() {
        return elapsed.minus(heard).compareTo(NOTICED) >= 0;
    }

    String name() {
        return stage.name();
    }

    Stage.Unit unit() {
        return stage.unit();
    }

    long doneObjects() {
        return stage.doneObjects() + moreObjects;
    }

    long totalObjects() {
        return stage.totalObjects();
    }

    long doneBytes() {
        return stage.doneBytes() + moreBytes;
    }

    long totalBytes() {
        return stage.totalBytes();
    }

    double objectsPerSecond() {
        return elapsed.isZero() ? 0 : moreObjects * 1e9 / elapsed.toNanos();
    }

    double bytesPerSecond() {
        return elapsed.isZero() ? 0 : moreBytes * 1e9 / elapsed.toNanos();
    }

    /** From 0 to 1; by bytes where these are known, for objects differ in size. */
    double share() {
        return share(doneBytes(), totalBytes(), doneObjects(), totalObjects());
    }

    /** What of it earlier runs did. */
    double shareBefore() {
        return share(stage.doneBytes(), totalBytes(), stage.doneObjects(), totalObjects());
    }

    private static double share(long bytes, long ofBytes, long objects, long ofObjects) {
        if (ofBytes > 0) {
            return Math.max(0, Math.min(1, (double) bytes / ofBytes));
        }
        return ofObjects > 0 ? Math.max(0, Math.min(1, (double) objects / ofObjects)) : 0;
    }

    /**
     * By what this run did in its time until it last did something: what it did says no less while it does nothing more. Null where
     * that cannot be told yet, or no longer.
     */
    @Nullable
    Duration left() {
        double share =
                share(moreBytes, totalBytes() - stage.doneBytes(), moreObjects, totalObjects() - stage.doneObjects());
        return share <= 0 || silent || heard.isZero()
                ? null
                : Duration.ofMillis((long) (heard.toMillis() * (1 - share) / share));
    }

    /** Such as {@code 12/2,004 objects, 1.0 MiB/9.1 GiB, 30 objects/s, 1.0 MiB/s}. */
    String text() {
        StringBuilder text = new StringBuilder(amounts());
        if (moreObjects > 0 && unit() == Stage.Unit.OBJECT) {
            text.append(", ")
                    .append(Amounts.count(Math.round(objectsPerSecond())))
                    .append(Math.round(objectsPerSecond()) == 1 ? " object/s" : " objects/s");
        }
        if (moreBytes > 0) {
            text.append(", ").append(Amounts.bytes(bytesPerSecond())).append("/s");
        }
        return text.toString();
    }

    /** The same without rates. */
    String amounts() {
        StringBuilder text = new StringBuilder();
        if (totalObjects() > 0 || doneObjects() > 0) {
            text.append(Amounts.count(doneObjects()));
            text.append(totalObjects() > 0 ? "/" + Amounts.count(totalObjects()) : "")
                    .append(' ')
                    .append(unit().word(Math.max(doneObjects(), totalObjects())));
        }
        if (totalBytes() > 0 || doneBytes() > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(Amounts.bytes((double) doneBytes()));
            text.append(totalBytes() > 0 ? "/" + Amounts.bytes((double) totalBytes()) : "");
        }
        return text.toString();
    }

    String textWithTimeLeft() {
        String text = text();
        return text.isEmpty() ? time() : text + ", " + time();
    }

    /** How long it still takes, or how long it has taken where that cannot be told. */
    String time() {
        Duration left = left();
        return left == null ? Amounts.duration(elapsed) + " so far" : Amounts.duration(left) + " left";
    }
}
