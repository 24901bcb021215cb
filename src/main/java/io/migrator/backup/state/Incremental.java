package io.migrator.backup.state;

import io.migrator.batch.JobContext;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.Optional;

/**
 * Whether a backup shares with earlier ones, and with which.
 *
 * @param parent {@code auto}, {@code none} or the name of a backup
 * @param ignoresRules whether rules of the bucket that take objects by their age are meant
 */
public record Incremental(boolean on, String parent, boolean ignoresRules) {
    private static final String AUTO = "auto";

    static Incremental of(JobContext context) {
        Incremental said = new Incremental(
                context.parameter("incremental").equals("yes"),
                context.parameter("parent"),
                context.parameter("lifecycle").equals("ignore"));
        if (!said.on && !said.parent.equals(AUTO)) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "back up with parent",
                    said.parent,
                    "only an incremental backup shares with others",
                    "Say incremental=yes, too, or leave parent= out.");
        }
        if (said.parent.equals(context.name())) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "back up with parent",
                    said.parent,
                    "that is the name of the backup itself",
                    "Name an earlier one, or leave parent= out.");
        }
        return said;
    }

    /** Whether it shares with none, whatever is there. */
    public boolean alone() {
        return parent.equals("none");
    }

    /** The one backup that it may share with; empty where that is for it to find. */
    public Optional<String> named() {
        return alone() || parent.equals(AUTO) ? Optional.empty() : Optional.of(parent);
    }
}
