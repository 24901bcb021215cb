package io.migrator.check;

import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.failure.Counted;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.calls.Endpoints;
import io.migrator.milvus.calls.ServerVersion;

/** Looks at a Milvus: its version, what we may ask, and its two HTTP sides. */
final class MilvusLooks {
    private final MigratorConfig config;
    private final MilvusSource source;
    private final Findings findings;

    MilvusLooks(MigratorConfig config, MilvusSource source, Findings findings) {
        this.config = config;
        this.source = source;
        this.findings = findings;
    }

    /** Whether Milvus answers. */
    boolean run() {
        if (!findings.look("milvus", this::version)) {
            return false;
        }
        findings.look("collections", this::collections);
        if (source.version().atLeast(2, 4, 0)) {
            findings.look("rest", this::rest);
        }
        if (config.backup().gcPauseEnabled()) {
            management();
        }
        return true;
    }

    private CheckFinding version() {
        MilvusConfig milvus = config.milvus();
        ServerVersion version = source.version();
        source.requireSupported();
        String told = "Milvus %s at %s".formatted(version.text(), milvus.display());
        return version.atLeast(2, 3, 0)
                ? CheckFinding.ok("milvus", told)
                : CheckFinding.warn("milvus", told + ": it can be backed up, restores need 2.3 or later");
    }

    private CheckFinding collections() {
        int databases = 0;
        int collections = 0;
        for (String database : source.databases()) {
            databases++;
            collections += source.collections(database).size();
        }
        return CheckFinding.ok(
                "collections",
                "%s in %s can be seen"
                        .formatted(Counted.of(collections, "collection"), Counted.of(databases, "database")));
    }

    private CheckFinding rest() {
        String where = config.milvus().restBase();
        return Endpoints.rest(config.milvus())
                ? CheckFinding.ok("rest", "REST v2 answers at " + where)
                : CheckFinding.warn(
                        "rest",
                        "something at %s answers, but it has no REST v2. Set milvus.restEndpoint to Milvus' proxy"
                                .formatted(where));
    }

    private void management() {
        String where = config.backup().gcPauseAddress();
        Findings own = new Findings();
        boolean reached = own.look("management", () -> {
            Endpoints.management(where);
            return CheckFinding.ok("management", "the management port answers at " + where);
        });
        // Backups do without it: they notice files that vanish and plan anew.
        own.all()
                .forEach(found -> findings.add(
                        reached
                                ? found
                                : CheckFinding.warn(
                                        "management",
                                        found.told() + " Until then garbage collection is not paused during backups")));
    }
}
