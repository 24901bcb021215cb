package io.migrator.retention.rules;

import java.util.List;

/**
 * What is to become of a backup.
 *
 * @param reasons for people; of one that goes, often none
 * @param warned whether somebody should look at it
 */
public record Verdict(Candidate backup, boolean keep, List<String> reasons, boolean warned) {
    public Verdict {
        reasons = List.copyOf(reasons);
    }

    static Verdict keep(Candidate backup, List<String> reasons) {
        return new Verdict(backup, true, reasons, false);
    }

    static Verdict keep(Candidate backup, String reason) {
        return keep(backup, List.of(reason));
    }

    static Verdict warn(Candidate backup, String reason) {
        return new Verdict(backup, true, List.of(reason), true);
    }

    static Verdict remove(Candidate backup, String reason) {
        return new Verdict(backup, false, reason.isEmpty() ? List.of() : List.of(reason), false);
    }

    /** The same backup, but it stays. */
    Verdict kept(String reason) {
        return keep(backup, reason);
    }
}
