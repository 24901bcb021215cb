package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.format.CollectionName;
import io.migrator.format.RunRecord;
import io.migrator.format.Selection;
import io.migrator.report.RunReport;
import java.util.List;

/** What comes once the rows are proven: load, aliases, and the list of what is missing. */
final class RestoreFinish {
    private final RestoreParts parts;
    private final JobContext context;

    RestoreFinish(RestoreParts parts) {
        this.parts = parts;
        this.context = parts.context();
    }

    /** Loads first: whoever goes by the alias finds a collection that answers. */
    void finish(Restored item) {
        parts.loading().load(item);
        if (context.parameter("aliases").equals("yes")) {
            CollectionName name = item.target();
            item.source().aliases().forEach(alias -> parts.target()
                    .createAlias(name.database(), name.collection(), alias));
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
        Selection wanted = Selection.parse(context.parameter("collection"));
        String exclude = context.parameter("exclude");
        return parts.catalog().runRecord(context.name()).map(RunRecord::missing).orElse(List.of()).stream()
                .map(missing -> new CollectionName(missing.database(), missing.name()))
                .filter(wanted::matches)
                .filter(name -> exclude.isEmpty() || !Selection.parse(exclude).matches(name))
                .map(CollectionName::toString)
                .toList();
    }
}
