package io.migrator.restore.preflight;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldInfo;
import io.migrator.format.meta.IndexInfo;
import io.migrator.milvus.MilvusTarget;
import io.migrator.restore.state.IndexRebuild;
import io.migrator.restore.state.LoadWish;
import io.migrator.restore.state.OwnCollections;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.Restored;
import io.migrator.restore.state.Wishes;
import io.migrator.selection.CollectionName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which collections are loaded once they are restored, and whether Milvus will be able to. */
public final class Loading {
    private final MilvusTarget target;
    private final OwnCollections own;
    private final LoadWish load;
    private final boolean create;
    private final boolean rebuild;
    private final boolean dropExisting;

    public Loading(RestoreOptions options, MilvusTarget target, OwnCollections own) {
        this.target = target;
        this.own = own;
        this.load = options.load();
        this.create = options.creates();
        this.rebuild = options.index() != IndexRebuild.NONE;
        this.dropExisting = options.dropIndex();
    }

    boolean wanted(Restored item) {
        boolean wasLoaded = "Loaded".equals(item.source().loadState());
        return own.wants(item, Wishes.LOAD) && (load == LoadWish.YES || wasLoaded);
    }

    /** The fault where the collection is to be loaded and a vector field would have no index, which Milvus demands. */
    public Optional<MigratorException> lacksIndex(Restored item) {
        if (!wanted(item)) {
            return Optional.empty();
        }
        Set<String> indexed = new HashSet<>();
        if (rebuild) {
            add(indexed, item.source());
        }
        CollectionName name = item.target();
        if (own.isDone(item) || (!create && !dropExisting)) {
            target.find(name.database(), name.collection()).ifPresent(found -> add(indexed, found.info()));
        }
        List<String> missing = item.source().schema().fields().stream()
                .filter(FieldInfo::vector)
                .map(FieldInfo::name)
                .filter(field -> !indexed.contains(field))
                .toList();
        return missing.stream().findFirst().map(field -> withoutIndex(name, field));
    }

    private MigratorException withoutIndex(CollectionName name, String field) {
        return MigratorException.unable(
                Failure.USAGE,
                "load",
                name.toString(),
                "vector field '%s' would have no index (%s), and load=%s needs it"
                        .formatted(field, rebuild ? "the backup has none" : "index=none", load.word()),
                rebuild ? "Give load=none." : "Give load=none, or index=yes.");
    }

    private static void add(Set<String> indexed, CollectionInfo collection) {
        collection.indexes().stream().map(IndexInfo::fieldName).forEach(indexed::add);
    }

    public void load(Restored item) {
        if (wanted(item)) {
            target.load(item.target().database(), item.target().collection());
        }
    }
}
