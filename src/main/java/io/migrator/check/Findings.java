package io.migrator.check;

import io.migrator.failure.MigratorException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects findings; a look that fails is one, too. */
final class Findings {
    private final List<CheckFinding> all = new ArrayList<>();

    void add(CheckFinding finding) {
        all.add(finding);
    }

    /** Adds what the look finds, or its failure; false where it failed. */
    boolean look(String subject, Supplier<CheckFinding> look) {
        CheckFinding finding;
        try {
            finding = look.get();
        } catch (MigratorException e) {
            finding = CheckFinding.fail(subject, e.failure(), String.valueOf(e.getMessage()));
        }
        all.add(finding);
        return finding.level() != CheckFinding.Level.FAIL;
    }

    List<CheckFinding> all() {
        return List.copyOf(all);
    }
}
