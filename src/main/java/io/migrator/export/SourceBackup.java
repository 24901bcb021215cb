package io.migrator.export;

import io.migrator.batch.JobContext;
import io.migrator.catalog.FileCheck;
import io.migrator.catalog.FileVisitor;
import io.migrator.catalog.Finding;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.NearestName;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.selection.CollectionName;
import io.migrator.selection.Selection;
import io.migrator.verify.seal.SealCheck;
import io.migrator.verify.seal.SealOrigin;
import io.migrator.verify.seal.SealTerms;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The backup that is exported. What is not as it was sealed and proven goes no further. */
final class SourceBackup {
    private static final int SHOWN = 5;
    private static final int MOST_OF_A_SCHEMA = 64 << 20;

    private final JobContext context;
    private final ExportOptions options;
    private final ExportPlaces places;

    SourceBackup(JobContext context, ExportOptions options, ExportPlaces places) {
        this.context = context;
        this.options = options;
        this.places = places;
    }

    /**
     * What a backup says of itself.
     *
     * @param layout where its files lie
     * @param backup with the collections that are meant
     * @param run of all of them
     * @param missing those that are meant, and that the backup itself lacks
     * @param whole whether all that it has is meant
     * @param sealed opens files that describe it, as they were sealed
     */
    record Described(
            VaultLayout layout,
            BackupInfo backup,
            RunRecord run,
            List<RunRecord.Missing> missing,
            boolean whole,
            SealCheck sealed) {
        Set<Long> ids() {
            return backup.collections().stream()
                    .map(CollectionInfo::collectionId)
                    .collect(Collectors.toSet());
        }
    }

    /** NOT_FOUND where it is not there or not complete, UNSUPPORTED where it is milvus-backup's, CORRUPT where what describes it is not what was sealed. */
    Described read() {
        VaultLayout layout = places.catalog().layout(context.name());
        SealCheck sealed = new SealCheck(places.from(), layout, SealTerms.of(context));
        BackupInfo all = places.catalog().read(context.name(), sealed::open);
        Optional<RunRecord> run = places.catalog().runRecord(context.name(), sealed::open);
        if (run.isEmpty()) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "export",
                    context.name(),
                    "it was made by milvus-backup, and nothing tells whether its files are whole",
                    "Copy its directory with a tool of the store.");
        }
        SealOrigin origin = sealed.origin(all.name());
        if (origin.refused()) {
            throw MigratorException.unable(Failure.CORRUPT, "export", context.name(), origin.cause(), origin.advice());
        }
        origin.tell(context);
        require(sealed.ofBackup());
        Described described = described(layout, all, run.get(), sealed);
        require(sealed.ofSchemas(described.ids()));
        return described;
    }

    private Described described(VaultLayout layout, BackupInfo all, RunRecord run, SealCheck sealed) {
        Selection wanted = options.collections().orElse(null);
        if (wanted == null) {
            return new Described(layout, all, run, run.missing(), true, sealed);
        }
        List<CollectionInfo> chosen = all.collections().stream()
                .filter(one -> wanted.matches(new CollectionName(one.database(), one.name())))
                .toList();
        Set<String> names =
                all.collections().stream().map(CollectionInfo::qualifiedName).collect(Collectors.toSet());
        wanted.literals().stream()
                .map(CollectionName::toString)
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw notThere(name, names);
                });
        if (chosen.isEmpty()) {
            throw notThere(wanted.toString(), names);
        }
        List<RunRecord.Missing> missing = run.missing().stream()
                .filter(one -> wanted.matches(new CollectionName(one.database(), one.name())))
                .toList();
        return new Described(layout, all.withCollections(chosen), run, missing, chosen.size() == names.size(), sealed);
    }

    private MigratorException notThere(String name, Set<String> names) {
        List<String> nearest = NearestName.of(name, names);
        return MigratorException.unable(
                Failure.NOT_FOUND,
                "export",
                name,
                "the backup %s has no such collection".formatted(context.name()),
                nearest.isEmpty() ? "Correct collection=." : "Did you mean " + String.join(" or ", nearest) + "?");
    }

    /** CORRUPT where a file of the collections is not there as it was proven, or one is there that nobody proved. */
    void requireFiles(Described described, FileVisitor visitor) {
        require(places.catalog().checkFiles(described.layout(), described.backup(), described.ids(), visitor));
    }

    private void require(FileCheck check) {
        if (!check.clean()) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "export",
                    context.name(),
                    "%s: %s"
                            .formatted(
                                    Counted.of(
                                            check.problems(),
                                            "file of it is not what it was",
                                            "files of it are not what they were"),
                                    check.findings().stream()
                                            .limit(SHOWN)
                                            .map(Finding::told)
                                            .collect(Collectors.joining("; "))),
                    "Nothing was exported. verify names all of them; export other collections of it with collection=, or another backup.");
        }
    }

    /** As Milvus described the collection; empty where the backup has no such file. */
    Optional<byte[]> schema(Described described, long collection) {
        String key = described.layout().rawSchema(collection);
        if (places.from().find(key).isEmpty()) {
            return Optional.empty();
        }
        try (InputStream content = described.sealed().open(key)) {
            return Optional.of(content.readNBytes(MOST_OF_A_SCHEMA));
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "read",
                    key,
                    "the connection broke: " + e.getMessage(),
                    "Run the same command again.",
                    e);
        }
    }
}
