package io.migrator.check;

import io.migrator.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One thing looked at.
 *
 * @param subject what it is, in a word or two
 * @param told what was seen; for all but OK with what to do
 * @param failure what a job would fail with; null unless the level is FAIL
 */
public record CheckFinding(Level level, String subject, String told, @Nullable Failure failure) {
    /** How grave it is. */
    public enum Level {
        OK,
        WARN,
        FAIL
    }

    static CheckFinding ok(String subject, String told) {
        return new CheckFinding(Level.OK, subject, told, null);
    }

    static CheckFinding warn(String subject, String told) {
        return new CheckFinding(Level.WARN, subject, told, null);
    }

    static CheckFinding fail(String subject, Failure failure, String told) {
        return new CheckFinding(Level.FAIL, subject, told, failure);
    }
}
