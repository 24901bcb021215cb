package io.migrator.cli.command;

import static io.migrator.cli.command.Option.flag;
import static io.migrator.cli.command.Option.option;

import java.util.List;

/** The options that single words take: those of milvus-backup 0.4, 0.5 and 0.6, in their spelling. */
final class WordOptions {
    private static final Option NAME = option("-n --name", "BACKUP", "name of the backup");
    private static final Option COLLECTIONS = option(
                    "-c --collections --colls", "NAMES", "collections: coll or db.coll, comma separated")
            .insteadUse("--filter");
    private static final Option DATABASES = option("-d --databases", "NAMES", "all collections of these databases")
            .insteadUse("--filter");
    private static final Option DATABASE_COLLECTIONS = option(
                    "-a --database_collections", "JSON", "collections by database: {\"db\":[\"coll\"]}, [] for all")
            .insteadUse("--filter");
    private static final Option RBAC = flag("--rbac", "users, roles, grants and privilege groups, too");
    private static final Option META_ONLY = flag("--meta_only", "schemas, partitions and indexes without any rows");

    static final List<Option> CREATE = List.of(
            NAME,
            option("--filter", "NAMES", "collections: coll, db.coll or db.*, comma separated; default all"),
            option("--strategy", "HOW", "auto, serial_flush, bulk_flush, skip_flush or meta_only"),
            option("--format", "FORM", "auto or binlog"),
            RBAC,
            COLLECTIONS,
            DATABASES,
            DATABASE_COLLECTIONS,
            flag("-f --force", "do not flush").insteadUse("--strategy=skip_flush"),
            META_ONLY.insteadUse("--strategy=meta_only"),
            option("--for", "PURPOSE", "refused: stands for other options")
                    .refused(
                            "it stands for other options. For archive and clone give --rbac: binlogs are copied anyway."
                                    + " For a secondary use milvus-backup"),
            flag("--backup_index_extra", "refused: reads etcd")
                    .refused("it reads Milvus' etcd, which migrator does not touch. Leave it out: indexes are kept with"
                            + " all parameters that Milvus tells, and Milvus' own schema is kept as it is"));

    static final List<Option> RESTORE = List.of(
            NAME,
            option("--filter", "NAMES", "what is to get one of these new names: coll, db.coll or db.*"),
            option("-s --suffix", "SUFFIX", "appended to the name of every restored collection"),
            option("-r --rename", "OLD:NEW", "new names, comma separated: old:new, db.old:db.new or db1.*:db2.*"),
            flag("--rebuild_index", "rebuild the indexes; without it there are none"),
            flag("--use_auto_index", "with --rebuild_index: vector indexes become AUTOINDEX"),
            META_ONLY,
            flag("--drop_exist_collection", "drop a collection that has the new name first"),
            flag("--drop_exist_index", "drop the indexes of a collection that is there first"),
            flag("--skip_create_collection", "bring the rows into collections that are there already"),
            RBAC,
            // --filter means the new names there.
            COLLECTIONS.insteadUse("collection="),
            DATABASES.insteadUse("collection=DATABASE.*"),
            DATABASE_COLLECTIONS.insteadUse("collection="),
            flag("--restore_index", "the same as --rebuild_index").insteadUse("--rebuild_index"),
            option("--secondaries", "URLS", "refused: replicating clusters")
                    .refused("migrator does not restore into a replicating cluster, where every side has to commit an"
                            + " import. Use milvus-backup for that"),
            flag("--use_v2_restore", "no effect")
                    .warns("--use_v2_restore has no effect: migrator chooses the way to import by Milvus' version"));

    static final List<Option> VERIFY = List.of(
            NAME,
            option("--mode", "MODE", "fast looks at listings and metas, deep reads every byte; default fast"),
            option("--subset", "SHARE", "with --mode=deep: n/m, the n-th of m shares, or x%, a random sample"));

    static final List<Option> LIST = List.of(option("-c --collection", "NAME", "no effect")
            .warns("-c has no effect on list, as in milvus-backup 0.5: all backups are listed"));

    static final List<Option> GET = List.of(
            NAME, flag("-d --detail", "no effect").warns("-d has no effect: get always shows the whole backup"));

    static final List<Option> DELETE = List.of(NAME);

    static final List<Option> CHECK = List.of(flag(
            "--store", "also try what the vault's store guarantees: writes, lists, copies and deletes 1,200 objects"));

    static final List<Option> CONFIG_MIGRATE = List.of(
            option("-o", "FILE", "where to write the v2 form; default stdout"),
            flag("--force", "replace FILE"),
            flag("--strict", "fail where the v2 form would not be valid"));

    static final List<Option> SECONDARY = List.of(
            NAME, option("--source_cluster_id", "ID", "refused"), option("--target_cluster_id", "ID", "refused"));

    static final List<Option> L0COMPACT = List.of(NAME, option("-o", "BACKUP", "refused"), flag("--force", "refused"));

    static final List<Option> MIGRATE = List.of(NAME, option("-c --cluster_id", "ID", "refused"));

    static final List<Option> SERVER = List.of(option("-p --port", "PORT", "refused"));

    private WordOptions() {}
}
