package io.migrator.restore.state;

import io.migrator.milvus.MilvusTarget;
import io.migrator.selection.CollectionName;
import java.util.HashMap;
import java.util.Map;

/** Looks where the collections that a restore made or filled are in Milvus by now. */
public final class Whereabouts {
    /** The answer for one collection. */
    public enum Place {
        /** By its id, or by its name where the answer of the call that created it never came. */
        THERE,
        /** Nothing has its name. */
        GONE,
        /** Another collection has its name. */
        REPLACED
    }

    private final MilvusTarget target;

    Whereabouts(MilvusTarget target) {
        this.target = target;
    }

    /** One call for each database. */
    Map<Long, Place> of(Map<Long, RestoreTables.Created> collections) {
        Map<String, Map<String, Long>> names = new HashMap<>();
        Map<Long, Place> places = new HashMap<>();
        collections.forEach((source, made) -> {
            CollectionName name = made.target();
            Long id =
                    names.computeIfAbsent(name.database(), target::collections).get(name.collection());
            places.put(
                    source,
                    id == null
                            ? Place.GONE
                            : made.targetId() == 0 || made.targetId() == id ? Place.THERE : Place.REPLACED);
        });
        return places;
    }
}
