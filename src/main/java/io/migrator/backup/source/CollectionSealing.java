package io.migrator.backup.source;

import io.migrator.backup.state.Cut;
import io.migrator.backup.state.FrozenCollection;
import io.migrator.milvus.FlushOutcome;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.Segment;
import io.migrator.report.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Flushes a collection and finds the segments that hold its rows of that moment. Where Milvus has already replaced one of
 * them, its rows are among later ones in another: the collection is flushed once more.
 */
public final class CollectionSealing {
    /** Each may have to wait for the server's limit of flushes, ten seconds a collection by default. */
    private static final int FLUSHES = 3;

    private final MilvusSource source;
    private final Progress progress;

    public CollectionSealing(MilvusSource source, Progress progress) {
        this.source = source;
        this.progress = progress;
    }

    /** @param cut empty where the backup will not be of one moment */
    public record Sealed(FlushOutcome flush, Optional<Cut> cut) {
        public static final Sealed NOT = new Sealed(FlushOutcome.NONE, Optional.empty());
    }

    /** @param replans how often the cut was lost before the collection could be planned */
    public Sealed seal(FrozenCollection collection, int replans) {
        for (int flushes = replans + 1; ; flushes++) {
            FlushOutcome flush = source.flush(collection.database(), collection.name());
            if (!flush.named()) {
                return new Sealed(flush, Optional.empty());
            }
            Optional<Cut> cut = flushes > FLUSHES ? Optional.empty() : cut(collection, flush);
            if (cut.isPresent()) {
                return new Sealed(flush, cut);
            }
            if (flushes >= FLUSHES) {
                progress.note(("%s: Milvus replaced segments by compaction each time they were flushed; the backup has"
                                + " the rows up to when it was planned, not those of one moment")
                        .formatted(collection.qualifiedName()));
                return new Sealed(flush, Optional.empty());
            }
        }
    }

    private Optional<Cut> cut(FrozenCollection collection, FlushOutcome flush) {
        Set<Long> missing = new HashSet<>(flush.sealed());
        missing.addAll(flush.earlier());
        List<Segment> chosen = new ArrayList<>();
        for (Segment segment : source.segments(collection.database(), collection.name(), flush::names)) {
            boolean named = missing.remove(segment.id());
            if (named || segment.level0() || mayBeLevel0(segment)) {
                chosen.add(segment);
            }
        }
        return missing.isEmpty() ? Optional.of(new Cut(flush.begun(), chosen, flush.sealed())) : Optional.empty();
    }

    private boolean mayBeLevel0(Segment segment) {
        return segment.rows() == 0 && source.hidesLevels();
    }
}
