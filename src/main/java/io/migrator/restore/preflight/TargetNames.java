package io.migrator.restore.preflight;

import io.migrator.milvus.MilvusTarget;
import io.migrator.selection.CollectionName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The names that are taken at the target when a run begins; each database is asked once. For many threads. */
public final class TargetNames {
    private final MilvusTarget target;
    private final Map<String, Map<String, Long>> collections = new HashMap<>();
    private final Map<String, Set<String>> aliases = new HashMap<>();

    public TargetNames(MilvusTarget target) {
        this.target = target;
    }

    /** Forgets what an earlier run in this process saw. */
    public synchronized void lookAnew() {
        collections.clear();
        aliases.clear();
    }

    /** Whether a collection has that name as its own. */
    public synchronized boolean isCollection(CollectionName name) {
        return collections.computeIfAbsent(name.database(), target::collections).containsKey(name.collection());
    }

    synchronized boolean isAlias(CollectionName name) {
        return aliases(name.database()).contains(name.collection());
    }

    synchronized boolean hasAliases(String database) {
        return !aliases(database).isEmpty();
    }

    private Set<String> aliases(String database) {
        return aliases.computeIfAbsent(database, target::aliases);
    }

    /** The collection that an alias stands for, empty where it is gone by now. */
    String owner(CollectionName alias) {
        return target.find(alias.database(), alias.collection())
                .map(found -> found.info().name())
                .orElse("");
    }
}
