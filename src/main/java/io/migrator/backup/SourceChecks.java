package io.migrator.backup;

import io.migrator.batch.JobContext;
import io.migrator.check.RootPathCheck;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.Segment;
import java.util.List;
import java.util.Optional;

/** What has to be right before a backup begins; nothing is written for it. */
final class SourceChecks {
    /** Collections asked for a sealed segment before the root path is left to planning. */
    private static final int ROOT_PATH_TRIES = 20;

    private final JobContext context;
    private final Places places;

    SourceChecks(JobContext context, Places places) {
        this.context = context;
        this.places = places;
    }

    /** Version, buckets, and the right to read users and roles where these are wanted. */
    void requireReady() {
        MilvusSource source = places.source();
        source.version();
        if (!context.parameter("force-version").equals("true")) {
            source.requireSupported();
        }
        places.milvusStore().requireReachable();
        places.vault().requireReachable();
        if (context.parameter("rbac").equals("yes")) {
            source.rbac();
        }
    }

    /** What the selection means at this moment; fails where its databases cannot be described. */
    SourceSelection.Found select() {
        SourceSelection.Found found = new SourceSelection(
                        places.source(), context.parameter("collection"), context.parameter("exclude"))
                .find();
        new Databases(context, places.source()).describe(found.databases());
        return found;
    }

    /** Fails unless files of one sealed segment lie under the configured root path, where there is any such segment. */
    void requireRootPath(List<FrozenCollection> collections) {
        RootPathCheck check = new RootPathCheck(
                places.milvusStore(), context.config().milvusStorage().rootPath());
        for (FrozenCollection collection : collections.subList(0, Math.min(ROOT_PATH_TRIES, collections.size()))) {
            Optional<Segment> sealed =
                    places.source().segments(collection.database(), collection.name(), false).stream()
                            .filter(segment -> !segment.level0() && segment.rows() > 0)
                            .findFirst();
            if (sealed.isPresent()) {
                check.require(collection.qualifiedName(), sealed.get());
                return;
            }
        }
    }
}
