package io.migrator.retention.rules;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.List;
import java.util.OptionalInt;

/** Stops a command that would take more than steady use ever does: a typo, a wrong zone, a policy for other backups. */
public final class Valve {
    private Valve() {}

    /**
     * USAGE where more than half of a group's good backups would go, and more than one.
     *
     * @param most what may go of a group in place of half
     */
    public static void require(String group, List<Verdict> verdicts, OptionalInt most) {
        List<Verdict> good = verdicts.stream()
                .filter(verdict -> verdict.backup().state() == Candidate.State.COMPLETE)
                .toList();
        long going = good.stream().filter(verdict -> !verdict.keep()).count();
        long allowed = most.isPresent() ? most.getAsInt() : Math.max(1, good.size() / 2);
        if (going > allowed) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "expire",
                    group,
                    "%d of its %d good backups would be deleted, more than %s"
                            .formatted(going, good.size(), most.isPresent() ? "max-delete=" + allowed : "half"),
                    "Nothing was deleted. Look at --dry-run; if that is meant, say max-delete=%d.".formatted(going));
        }
    }
}
