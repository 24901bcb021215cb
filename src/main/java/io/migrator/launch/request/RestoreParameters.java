package io.migrator.launch.request;

import static io.migrator.launch.request.ParameterSpec.choosing;
import static io.migrator.launch.request.ParameterSpec.naming;
import static io.migrator.launch.request.ParameterSpec.tuning;

import java.util.List;

/** What the job {@code restore} takes. */
final class RestoreParameters {
    static final List<ParameterSpec> ALL = List.of(
            SharedParameters.BACKUP,
            choosing(
                    "collection",
                    null,
                    "collections of the backup, comma separated: coll, db.coll, db.*, * and ? allowed; default all"),
            choosing("exclude", "", "collections of the backup to leave out, in the same form"),
            choosing("target-collection", "", "only what is to get one of these new names, in the same form"),
            SharedParameters.PARTITIONS,
            naming("suffix", "", "[A-Za-z0-9_]*", "appended to the name of every restored collection"),
            naming(
                    "rename",
                    "",
                    null,
                    "new names, comma separated: old:new, db.old:db.new, or db1.*:db2.* for a whole database"),
            naming("meta-only", "no", "no|yes", "collections, partitions and indexes without any rows"),
            naming("create", "yes", "yes|no", "no: bring the rows into collections that are there already"),
            tuning(
                    "append",
                    "no",
                    "no|yes",
                    "with create=no, bring the rows also into partitions that hold rows already"),
            tuning("rbac", "no", "no|yes", "users, roles, grants and privilege groups that are missing, too"),
            tuning("drop-existing-collection", "no", "no|yes", "drop a collection that has the new name first"),
            tuning("drop-existing-index", "no", "no|yes", "drop the indexes of a collection that is there first"),
            tuning("index", "yes", "yes|none|auto", "rebuild indexes as they were, not at all, or as AUTOINDEX"),
            tuning("aliases", "no", "no|yes", "give the restored collection the aliases of the source"),
            tuning("load", "none", "none|as-source|yes", "load the restored collection"),
            tuning("schema-difference", "fail", "fail|warn", "what a schema that comes out otherwise means"),
            SharedParameters.ON_ERROR,
            tuning(
                    "verify",
                    "fast",
                    "fast|deep",
                    "prove the backup first by its listing and checksums of what describes it, or by reading every"
                            + " byte"),
            SharedParameters.RESUME,
            tuning("force-version", "false", "false|true", "try a pair of Milvus versions that is not supported"),
            tuning("transfer", "auto", "auto|server|stream", "how objects are staged"),
            tuning("in-flight", null, "[1-9][0-9]{0,3}", "objects staged at once; default backup.parallelism.copydata"),
            SharedParameters.SEAL,
            SharedParameters.BYTES,
            SharedParameters.REQUESTS,
            SharedParameters.CHUNK,
            SharedParameters.workers("staging"));

    private RestoreParameters() {}
}
