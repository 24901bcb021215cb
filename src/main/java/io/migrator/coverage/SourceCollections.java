package io.migrator.coverage;

import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.NearestName;
import io.migrator.milvus.MilvusSource;
import io.migrator.selection.CollectionName;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The collections of a Milvus that are asked about. */
final class SourceCollections {
    private final MilvusSource milvus;
    private final CoverageQuestion question;

    SourceCollections(MilvusSource milvus, CoverageQuestion question) {
        this.milvus = milvus;
        this.question = question;
    }

    /**
     * An empty trace of each, by their names with databases.
     *
     * @throws MigratorException NOT_FOUND where a collection that was named is not there
     */
    Map<String, Trace> traces(Instant now) {
        milvus.requireSupported();
        SortedMap<String, Trace> traces = new TreeMap<>();
        SortedMap<String, Long> all = new TreeMap<>();
        for (String database : milvus.databases()) {
            // One that was dropped since has none.
            Expected.unless(Failure.NOT_FOUND, () -> milvus.collections(database))
                    .ifPresent(found -> found.forEach((name, id) -> {
                        CollectionName one = new CollectionName(database, name);
                        all.put(one.toString(), id);
                        if (question.takes(one)) {
                            traces.put(one.toString(), new Trace(one.toString(), id, now));
                        }
                    }));
        }
        for (CollectionName named : question.collections().literals()) {
            if (!all.containsKey(named.toString())) {
                throw missing(named, all);
            }
        }
        return traces;
    }

    private static MigratorException missing(CollectionName named, SortedMap<String, Long> all) {
        var nearest = NearestName.of(named.toString(), all.keySet());
        return MigratorException.unable(
                Failure.NOT_FOUND,
                "look for",
                named.toString(),
                "Milvus has no such collection",
                nearest.isEmpty() ? "Correct --collection." : "Did you mean " + String.join(" or ", nearest) + "?");
    }
}
