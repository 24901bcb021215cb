package io.migrator.cli.command;

import static io.migrator.cli.line.Option.flag;
import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Option;

/** Options that several words take: those of milvus-backup 0.4, 0.5 and 0.6, in their spelling. */
final class CommonOptions {
    static final Option NAME = option("-n --name", "BACKUP", "name of the backup");
    static final Option COLLECTIONS =
            option("-c --collections --colls", "NAMES", "collections: coll or db.coll, comma separated");
    static final Option DATABASES = option("-d --databases", "NAMES", "all collections of these databases");
    static final Option DATABASE_COLLECTIONS =
            option("-a --database_collections", "JSON", "collections by database: {\"db\":[\"coll\"]}, [] for all");
    static final Option RBAC = flag("--rbac", "users, roles, grants and privilege groups, too");
    static final Option META_ONLY = flag("--meta_only", "schemas, partitions and indexes without any rows");

    private CommonOptions() {}
}
