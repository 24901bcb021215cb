package io.migrator.restore.imports;

import io.migrator.batch.JobContext;
import io.migrator.failure.Counted;
import io.migrator.failure.FirstNames;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.MilvusTarget;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The import jobs that Milvus goes on with when the run that began them is no more, as people are told of them. */
public final class ImportsLeft {
    private static final int SHOWN = 10;

    private static final String FACT = "imports_left";

    private final JobContext context;
    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final Orders orders;
    /** Whether this run came so far as to import. */
    private boolean begun;

    public ImportsLeft(JobContext context, MilvusTarget target, ImportLedger ledger, Orders orders) {
        this.context = context;
        this.target = target;
        this.ledger = ledger;
        this.orders = orders;
    }

    /** A job with its collection. */
    static String name(ImportUnit unit, Orders orders) {
        return "import job %d of %s".formatted(unit.jobId(), orders.item(unit).target());
    }

    /** Imports begin: says once what became of those that the run before left; returns what it was given. */
    public List<ImportUnit> begin(List<ImportUnit> open) {
        context.report().remove(FACT);
        if (!begun) {
            begun = true;
            ofRunBefore(open).ifPresent(context.progress()::note);
        }
        return open;
    }

    /** Those that this run leaves, as far as it has seen: Milvus is not asked, for it may be what failed. Empty for none. */
    public String told() {
        List<ImportUnit> left = begun ? atServer(ledger.open()) : List.of();
        if (left.isEmpty()) {
            return "";
        }
        List<Map<String, Object>> facts = left.stream()
                .map(unit -> RunReport.parts(
                        "collection", orders.item(unit).target().toString(),
                        "partition", unit.partition(),
                        "job_id", unit.jobId()))
                .toList();
        context.report().fact(FACT, facts);
        return "Milvus goes on by itself with %s: %s. The same command takes them over."
                .formatted(Counted.of(left.size(), "import job"), shown(left, unit -> ""));
    }

    private Optional<String> ofRunBefore(List<ImportUnit> open) {
        List<ImportUnit> left = atServer(open);
        long unanswered = open.stream()
                .filter(unit -> unit.state() == ImportUnit.State.SUBMITTING && orders.knows(unit))
                .count();
        if (left.isEmpty() && unanswered == 0) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        if (!left.isEmpty()) {
            parts.add("%s: %s".formatted(Counted.of(left.size(), "import job"), shown(left, this::state)));
        }
        if (unanswered > 0) {
            parts.add(Counted.of(unanswered, "call") + " whose answer it did not get");
        }
        return Optional.of("the run before left at Milvus " + String.join("; and ", parts));
    }

    private List<ImportUnit> atServer(List<ImportUnit> units) {
        return units.stream()
                .filter(unit -> unit.state() == ImportUnit.State.SUBMITTED && orders.knows(unit))
                .toList();
    }

    private interface Remark {
        String of(ImportUnit unit);
    }

    private String shown(List<ImportUnit> left, Remark remark) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            ImportUnit unit = left.get(i);
            String told = i < SHOWN ? remark.of(unit) : "";
            names.add("%d of %s%s".formatted(unit.jobId(), orders.item(unit).target(), told));
        }
        return FirstNames.of(names, SHOWN);
    }

    /** One that cannot be asked for now is asked for again by whoever waits for it. */
    private String state(ImportUnit unit) {
        try {
            ImportState state = target.importState(orders.item(unit).target().database(), unit.jobId());
            return switch (state.phase()) {
                case RUNNING -> " (still running, %d %%)".formatted(state.progressPercent());
                case COMPLETED -> " (complete)";
                case FAILED -> " (failed)";
                case UNKNOWN -> " (not known to Milvus any more)";
            };
        } catch (MigratorException e) {
            return "";
        }
    }
}
