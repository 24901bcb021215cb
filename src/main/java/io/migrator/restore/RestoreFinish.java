package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import io.migrator.failure.KnownSecrets;
import io.migrator.format.own.RunRecord;
import io.migrator.report.RunReport;
import io.migrator.restore.state.Doubts;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.Restored;
import io.migrator.restore.state.Wishes;
import io.migrator.selection.CollectionName;
import io.migrator.selection.Selection;
import java.util.List;

/** What comes once the rows are proven: load, aliases, and the list of what is missing. */
final class RestoreFinish {
    private static final String COMPLETE = "restore_complete";
    private static final int MOST_REMEMBERED = 4000;

    private final RestoreParts parts;
    private final JobContext context;
    private final RestoreOptions options;

    RestoreFinish(RestoreParts parts) {
        this.parts = parts;
        this.context = parts.context();
        this.options = parts.options();
    }

    /** The rows are counted, so those that are too old may go. Loads first: whoever goes by the alias finds an answer. */
    void finish(Restored item) {
        if (options.creates() && !parts.own().isDone(item)) {
            CollectionName name = item.target();
            parts.target().setExpiry(name.database(), name.collection(), item.source());
        }
        parts.loading().load(item);
        if (parts.own().wants(item, Wishes.ALIASES)) {
            CollectionName name = item.target();
            item.source().aliases().forEach(alias -> parts.target()
                    .createAlias(name.database(), name.collection(), alias));
        }
        // Whatever becomes of the others: from now on users work with it.
        parts.tables().ended(item.source().collectionId(), parts.own().doneNow(item));
    }

    /**
     * Takes note of the end, and of what the backup lacks: a run that finds all done has to say it again.
     */
    void remember() {
        context.transactions().run(this::noteEnd);
    }

    private void noteEnd() {
        Object lacking = context.report().facts().get(RunReport.LACKING);
        if (lacking != null) {
            String text = KnownSecrets.ofThisProcess().begin(String.valueOf(lacking), MOST_REMEMBERED);
            parts.facts().put(RunReport.LACKING, text);
        }
        Wishes.of(context).remember(parts.facts());
        parts.facts().put(COMPLETE, "yes");
    }

    /** Before a run that may end otherwise. */
    static void forget(RunFacts facts) {
        facts.remove(COMPLETE);
        facts.remove(RunReport.LACKING);
    }

    /** Before all is begun anew. */
    static void forgetAll(RunFacts facts) {
        new Doubts(facts).forget();
        Wishes.forget(facts);
    }

    /** Whether an earlier run came to its end. */
    static boolean isOver(RunFacts facts) {
        return facts.find(COMPLETE).isPresent();
    }

    /** Puts into the report what the earlier run could not prove. */
    static void recall(RunFacts facts, RunReport report) {
        facts.find(RunReport.LACKING).ifPresent(text -> report.fact(RunReport.LACKING, text));
        List<String> doubts = new Doubts(facts).all();
        if (!doubts.isEmpty()) {
            report.fact(RunReport.UNPROVEN, doubts);
        }
    }

    /** Ends the run as PARTIAL where collections failed; notes what the backup itself lacks. */
    void conclude() {
        List<String> lacking = lacking();
        if (!lacking.isEmpty()) {
            context.report().fact(RunReport.LACKING, lacking);
        }
        parts.failures().conclude(context, "The others are restored.");
    }

    /** What the backup was to hold and this restore would have taken. */
    private List<String> lacking() {
        Selection wanted = options.collections();
        return parts.catalog().runRecord(context.name()).map(RunRecord::missing).orElse(List.of()).stream()
                .map(missing -> new CollectionName(missing.database(), missing.name()))
                .filter(wanted::matches)
                .filter(name -> options.excluded()
                        .filter(excluded -> excluded.matches(name))
                        .isEmpty())
                .map(CollectionName::toString)
                .toList();
    }
}
