package io.migrator.backup.source;

import io.migrator.backup.state.BackupOptions;
import io.migrator.backup.state.FrozenCollection;
import io.migrator.backup.state.Places;
import io.migrator.backup.state.SourceSelection;
import io.migrator.batch.JobContext;
import io.migrator.check.CheckFinding;
import io.migrator.check.PlacesLook;
import io.migrator.check.RootPathCheck;
import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.Segment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What has to be right before a backup begins; nothing is written for it. */
public final class SourceChecks {
    private final JobContext context;
    private final BackupOptions options;
    private final Places places;
    private boolean warned;

    public SourceChecks(JobContext context, BackupOptions options, Places places) {
        this.context = context;
        this.options = options;
        this.places = places;
    }

    /** Places, version, buckets, and the right to read users and roles where these are wanted. */
    public void requireReady() {
        requireApart();
        MilvusSource source = places.source();
        source.version();
        if (!options.forceVersion()) {
            source.requireSupported();
        }
        places.milvusStore().requireReachable();
        places.vault().requireReachable();
        if (options.rbac()) {
            source.rbac();
        }
    }

    /** The same decision as that of {@code check}. */
    private void requireApart() {
        CheckFinding finding =
                PlacesLook.of(context.config().milvusStorage(), context.config().vault());
        Failure failure = finding.failure();
        if (failure != null) {
            throw new MigratorException(failure, "unable to back up: " + finding.told() + ".");
        }
        if (finding.level() == CheckFinding.Level.WARN && !warned) {
            warned = true;
            context.progress().note(finding.told());
        }
    }

    /** What the selection means at this moment; fails where its databases cannot be described. */
    public SourceSelection.Found select() {
        SourceSelection.Found found =
                new SourceSelection(places.source(), options.collections(), options.excluded()).find();
        new Databases(context, places.source()).describe(found.databases());
        return found;
    }

    /**
     * Fails unless files of a sealed segment lie under the configured root path, where there is any such segment. That
     * one collection has none while another has is for planning to find.
     */
    public void requireRootPath(List<FrozenCollection> collections) {
        RootPathCheck check = new RootPathCheck(
                places.milvusStore(), context.config().milvusStorage().rootPath());
        MigratorException first = null;
        for (FrozenCollection collection : collections.subList(0, Math.min(RootPathCheck.TRIES, collections.size()))) {
            Optional<Segment> sealed = sealed(collection);
            if (sealed.isPresent() && check.holds(sealed.get())) {
                return;
            }
            if (sealed.isPresent() && first == null) {
                first = check.missing(collection.qualifiedName(), sealed.get());
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private Optional<Segment> sealed(FrozenCollection collection) {
        return Expected.unless(
                        Failure.NOT_FOUND,
                        () -> RootPathCheck.sealed(places.source(), collection.database(), collection.name()))
                .flatMap(Function.identity());
    }
}
