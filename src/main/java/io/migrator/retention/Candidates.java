package io.migrator.retention;

import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.Catalog;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.own.Marker;
import io.migrator.format.own.RunRecord;
import io.migrator.retention.rules.Candidate;
import io.migrator.retention.rules.Candidate.State;
import io.migrator.retention.rules.Clusters;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a policy has to know of the backups of a vault, whoever made them. */
final class Candidates {
    private static final String UNTOLD = " (request not told)";
    private static final String WITHOUT_OBJECTS = " (without objects)";

    private final ObjectStore vault;
    private final Catalog catalog;
    private final Instant now;
    private final Predicate<BackupSummary> damaged;

    /**
     * @param now by which holds end
     * @param damaged what more is known to be damaged than the list of backups tells
     */
    Candidates(ObjectStore vault, Instant now, Predicate<BackupSummary> damaged) {
        this.damaged = damaged;
        this.vault = vault;
        this.catalog = new Catalog(vault, vault.config().rootPath());
        this.now = now;
    }

    /** @param theirs whether milvus-backup's are asked for what the list does not tell, which reads their metas */
    List<Candidate> all(boolean theirs) {
        return Clusters.told(catalog.list().stream()
                .filter(backup -> theirs || !backup.madeBy().startsWith("milvus-backup"))
                .map(this::candidate)
                .toList());
    }

    private Candidate candidate(BackupSummary backup) {
        boolean whole = backup.state() == BackupSummary.State.COMPLETE || backup.state() == BackupSummary.State.PARTIAL;
        if (whole && damaged.test(backup)) {
            return of(backup, State.DAMAGED, "", null);
        }
        RunRecord run = backup.run();
        if (run != null) {
            return ours(backup, run);
        }
        return switch (backup.state()) {
            case INCOMPLETE -> incomplete(backup);
            case COMPLETE, PARTIAL -> theirs(backup);
            case DAMAGED -> of(backup, State.DAMAGED, "", null);
        };
    }

    private Candidate ours(BackupSummary backup, RunRecord run) {
        Map<String, Long> collections = new TreeMap<>();
        run.collections().forEach(one -> collections.put(one.database() + "." + one.name(), one.collectionId()));
        Instant dataOf = run.collections().stream()
                .flatMap(one -> Stream.ofNullable(one.sealedAt()))
                .min(Comparator.naturalOrder())
                .orElse(run.startedAt());
        return new Candidate(
                backup.name(),
                run.runId(),
                known(dataOf),
                run.missing().isEmpty() ? State.COMPLETE : State.PARTIAL,
                held(backup),
                backup.size(),
                run.source(),
                run.selection().isEmpty() ? untold(collections.keySet(), run) : run.selection(),
                run.series(),
                run.tags(),
                collections,
                "",
                run.objects() > 0 && run.ofAllRows());
    }

    /** What a vault says is not trusted: before there was Milvus nothing was backed up, and no calendar goes back for ever. */
    private static @Nullable Instant known(Instant told) {
        return told.isAfter(Instant.EPOCH) ? told : null;
    }

    /**
     * Versions before this one did not tell the request: it may have been for the metas alone or for some partitions, so no
     * such backup may stand for one of today, nor one without objects for one with them.
     */
    private static String untold(Set<String> collections, RunRecord run) {
        Set<String> names = new TreeSet<>(collections);
        run.missing().forEach(one -> names.add(one.database() + "." + one.name()));
        return String.join(",", names) + UNTOLD + (run.objects() == 0 ? WITHOUT_OBJECTS : "");
    }

    private Candidate incomplete(BackupSummary backup) {
        Marker marker = backup.marker();
        if (marker == null) {
            return of(backup, State.INCOMPLETE, "", null);
        }
        State state = marker.deleting() ? State.DELETING : State.INCOMPLETE;
        return of(backup, state, markerId(marker), known(marker.startedAt()));
    }

    /** Another when the same run goes on with the backup. */
    static String markerId(Marker marker) {
        return marker.runId() + " " + marker.startedAt();
    }

    private Candidate theirs(BackupSummary backup) {
        BackupInfo read;
        try {
            read = catalog.read(backup.name());
        } catch (MigratorException e) {
            if (e.failure() == Failure.CORRUPT || e.failure() == Failure.UNSUPPORTED) {
                return of(backup, State.DAMAGED, "", null);
            }
            throw e;
        }
        Map<String, Long> collections = new TreeMap<>();
        read.collections().forEach(one -> collections.put(one.qualifiedName(), one.collectionId()));
        Instant dataOf = read.collections().stream()
                .map(CollectionInfo::sealTime)
                .filter(seconds -> seconds > 0)
                .min(Comparator.naturalOrder())
                .map(Instant::ofEpochSecond)
                .orElse(null);
        return new Candidate(
                backup.name(),
                theirId(vault, backup.name()),
                dataOf,
                State.COMPLETE,
                held(backup),
                backup.size(),
                "",
                String.join(",", collections.keySet()) + (backup.size() == 0 ? WITHOUT_OBJECTS : ""),
                "",
                List.of(),
                collections,
                "",
                backup.size() > 0);
    }

    /** Of a backup that has no run's id. */
    static String theirId(ObjectStore vault, String name) {
        return vault.find(new VaultLayout(vault.config().rootPath(), name).meta(MetaFile.BACKUP))
                .map(StoredObject::etag)
                .orElse("");
    }

    private Candidate of(BackupSummary backup, State state, String id, @Nullable Instant dataOf) {
        return new Candidate(
                backup.name(),
                id,
                dataOf,
                state,
                // Held or not, a deletion was allowed when it was begun, and nothing of the backup counts any more.
                state == State.DELETING ? "" : held(backup),
                backup.size(),
                "",
                "",
                "",
                List.of(),
                Map.of(),
                "",
                false);
    }

    private String held(BackupSummary backup) {
        return backup.hold() != null && backup.hold().holds(now) ? backup.hold().told() : "";
    }
}
