package io.migrator.restore.preflight;

import io.migrator.batch.JobContext;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.imports.ImportFit;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.milvus.schema.SchemaDiff;
import io.migrator.milvus.schema.SchemaDifference;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.IndexRebuild;
import io.migrator.restore.state.LoadWish;
import io.migrator.restore.state.OwnCollections;
import io.migrator.restore.state.RawSchemas;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.Restored;
import io.migrator.restore.state.Whereabouts;
import io.migrator.selection.CollectionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the target's own collections have against a restore before it has touched them. */
public final class TargetCheck {
    private final JobContext context;
    private final RestoreOptions options;
    private final MilvusTarget target;
    private final RawSchemas raws;
    private final TargetNames names;
    private final OwnCollections own;
    private final Failures failures;
    private final Supplier<Set<Long>> restoredBefore;
    private @Nullable Set<Long> madeBefore;

    /** @param restoredBefore ids of collections that other restores of this backup made, as far as the state folder knows */
    public TargetCheck(
            JobContext context,
            RestoreOptions options,
            MilvusTarget target,
            RawSchemas raws,
            TargetNames names,
            OwnCollections own,
            Failures failures,
            Supplier<Set<Long>> restoredBefore) {
        this.context = context;
        this.options = options;
        this.target = target;
        this.raws = raws;
        this.names = names;
        this.own = own;
        this.failures = failures;
        this.restoredBefore = restoredBefore;
    }

    /** Fails for parameters that contradict each other. */
    public void requireParameters() {
        if (!options.creates() && options.dropCollection()) {
            throw new MigratorException(
                    Failure.USAGE,
                    "create=no and drop-existing-collection=yes exclude each other: one keeps what the other drops.");
        }
        boolean load = options.load() == LoadWish.YES;
        // What an earlier run made may have them.
        if (own.isEmpty() && options.creates() && load && options.index() == IndexRebuild.NONE) {
            throw new MigratorException(
                    Failure.USAGE, "load=yes needs the indexes that index=none leaves out. Give one of them.");
        }
    }

    /** Fails where a target is there that this job has not created, or is not there where it must be. */
    public void requireTargets(List<Restored> items) {
        madeBefore = null;
        List<MigratorException> conflicts = new ArrayList<>();
        for (Restored item : items) {
            Whereabouts.Place place = own.placeOf(item).orElse(Whereabouts.Place.GONE);
            if (place == Whereabouts.Place.THERE) {
                continue;
            }
            try {
                own.requireNotReplaced(item);
                require(item);
            } catch (MigratorException e) {
                if (failures.goOn() || e.failure() != Failure.CONFLICT) {
                    failures.add(item, e);
                } else {
                    conflicts.add(e);
                }
            }
        }
        if (conflicts.size() == 1) {
            throw conflicts.get(0);
        }
        if (!conflicts.isEmpty()) {
            throw new MigratorException(
                    Failure.CONFLICT,
                    conflicts.size() + " collections cannot be restored: "
                            + String.join(
                                    " ",
                                    conflicts.stream()
                                            .limit(5)
                                            .map(Throwable::getMessage)
                                            .toList()));
        }
    }

    private void require(Restored item) {
        CollectionName name = item.target();
        boolean there = names.isCollection(name);
        if (!there && names.isAlias(name)) {
            throw alias(item);
        }
        if (!options.creates()) {
            if (!there) {
                throw MigratorException.unable(
                        Failure.NOT_FOUND,
                        "restore into",
                        name.toString(),
                        "there is no such collection, and create=no makes none",
                        "Leave create=no out, or correct suffix= or rename=.");
            }
            requireCompatible(item);
        } else if (there && options.dropCollection()) {
            requireDroppable(item);
        } else if (there) {
            List<String> differences = target.find(name.database(), name.collection())
                    .map(found -> SchemaDifference.told(SchemaDiff.between(item.source(), found.info())))
                    .orElse(List.of());
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "restore",
                    item.source().qualifiedName(),
                    "collection %s exists in Milvus%s"
                            .formatted(
                                    name,
                                    differences.isEmpty()
                                            ? " already"
                                            : " with another schema (" + String.join(", ", differences) + ")"),
                    "Choose other names with suffix= or rename=, or drop the collection first.");
        }
    }

    private MigratorException alias(Restored item) {
        return MigratorException.unable(
                Failure.CONFLICT,
                "restore",
                item.source().qualifiedName(),
                "%s is an alias of collection '%s' in Milvus".formatted(item.target(), names.owner(item.target())),
                options.creates()
                        ? "Choose other names with suffix= or rename=, or drop the alias first."
                        : "Name the collection itself with rename=.");
    }

    /** What it was told to drop is what others made: a restore of this backup made its own, and users may have added to it. */
    private void requireOfOthers(Restored item) {
        CollectionName name = item.target();
        boolean own = target.find(name.database(), name.collection())
                .filter(found -> madeBefore().contains(found.info().collectionId()))
                .isPresent();
        if (own) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "drop",
                    name.toString(),
                    "another command of this state folder restored it from a backup of this name, and users may have changed"
                            + " it since",
                    "Drop it yourself if that is meant, or restore under another name with suffix= or rename=.");
        }
    }

    /** Asked for once a look at all targets: each opens the other job databases of the state folder. */
    private Set<Long> madeBefore() {
        Set<Long> known = madeBefore;
        if (known == null) {
            known = restoredBefore.get();
            madeBefore = known;
        }
        return known;
    }

    /** Since 2.4 Milvus drops no collection that has aliases. */
    private void requireDroppable(Restored item) {
        requireOfOthers(item);
        CollectionName name = item.target();
        if (!target.version().atLeast(2, 4, 0) || !names.hasAliases(name.database())) {
            return;
        }
        List<String> aliases = target.find(name.database(), name.collection())
                .map(found -> found.info().aliases())
                .orElse(List.of());
        if (!aliases.isEmpty()) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "drop",
                    name.toString(),
                    "Milvus drops no collection that has aliases, and this has " + String.join(", ", aliases),
                    "Drop the aliases first, or restore under another name with suffix= or rename=.");
        }
    }

    private void requireCompatible(Restored item) {
        CollectionName name = item.target();
        CollectionDescription existing = target.find(name.database(), name.collection())
                .orElseThrow(() -> new IllegalStateException("listed, but not described: " + name));
        CollectionInfo found = existing.info();
        requireFit(item, found);
        List<String> differences =
                ImportFit.differences(item.source(), raws.of(item.source().collectionId()), existing);
        if (!differences.isEmpty()) {
            context.progress()
                    .note("%s keeps what it has otherwise than the backup: %s"
                            .formatted(name, String.join(", ", differences)));
        }
        boolean level0 = !item.source().level0Segments().isEmpty()
                || item.source().partitions().stream()
                        .flatMap(partition -> partition.segments().stream())
                        .anyMatch(segment -> segment.level0());
        if (level0) {
            context.progress()
                    .note(
                            ("the backup of %s has deletes in L0 segments: Milvus takes them for older rows of the same keys"
                                            + " that are in %s already, too")
                                    .formatted(item.source().qualifiedName(), name));
        }
        boolean loaded = !"NotLoad".equals(found.loadState());
        if (loaded && (level0 || options.dropIndex())) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "restore into",
                    name.toString(),
                    level0
                            ? "it is loaded, and Milvus imports the deletes of L0 segments into released collections only"
                            : "it is loaded, and Milvus drops no index of a loaded collection",
                    "Release the collection and run the same command again.");
        }
    }

    /** Rows that come in are found by their keys, and searched by the measure they were searched by. */
    private void requireFit(Restored item, CollectionInfo found) {
        CollectionName name = item.target();
        List<String> obstacles = ImportFit.obstacles(item.source(), found);
        if (!obstacles.isEmpty()) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "restore into",
                    name.toString(),
                    "its fields are not those of the backup, or Milvus would not find the rows by their keys: "
                            + String.join(", ", obstacles),
                    "Restore into a collection that is alike in these, or let one be created.");
        }
        List<String> metrics = ImportFit.otherMetrics(item.source(), found);
        if (metrics.isEmpty() || options.dropIndex()) {
            return;
        }
        if (options.index() != IndexRebuild.NONE) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "restore into",
                    name.toString(),
                    "Milvus has one index a field, and the one that is there measures otherwise: "
                            + String.join(", ", metrics),
                    "Replace it with drop-existing-index=yes, or keep it with index=none.");
        }
        context.progress().note("%s keeps its index: %s".formatted(name, String.join(", ", metrics)));
    }
}
