package io.migrator.launch.request;

import static io.migrator.launch.request.ParameterSpec.choosing;
import static io.migrator.launch.request.ParameterSpec.naming;
import static io.migrator.launch.request.ParameterSpec.tuning;

import java.util.List;

/** What the job {@code backup} takes. */
final class BackupParameters {
    /** A word that a shell, a comma list and a pattern leave alone. */
    private static final String LABEL = "[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}";

    static final List<ParameterSpec> ALL = List.of(
            choosing(
                            "collection",
                            null,
                            "collections, comma separated: coll, db.coll, db.*, names with * and ?, or * for all")
                    .needed(),
            choosing("exclude", "", "collections to leave out, in the same form"),
            SharedParameters.PARTITIONS,
            naming(
                    "name",
                    null,
                    "[A-Za-z_][A-Za-z0-9_]{0,127}",
                    "name of the backup; default <collection>_<yyyy_MM_dd_HH_mm_ss> in UTC"),
            naming("meta-only", "no", "no|yes", "schemas, indexes and partitions without any rows"),
            naming("rbac", "no", "no|yes", "users, roles, grants and privilege groups, too"),
            naming(
                    "incremental",
                    "no",
                    "no|yes",
                    "share with earlier backups what has not changed, in the vault's pool"),
            naming(
                    "parent",
                    "auto",
                    "[^/\\\\\\s]{1,255}",
                    "what an incremental backup may share with: auto, none, or the name of a backup"),
            tuning(
                    "lifecycle",
                    "refuse",
                    "refuse|ignore",
                    "where a rule of the vault's bucket deletes or archives shared objects by their age"),
            tuning("series", null, LABEL, "what row of backups this is one of, such as nightly; recorded, for expire"),
            tuning("tag", null, LABEL + "(," + LABEL + "){0,15}", "words to find it by, comma separated; recorded"),
            tuning(
                    "strategy",
                    "auto",
                    "auto|serial_flush|bulk_flush|skip_flush",
                    "seal rows collection by collection, all at once (2.6.11 and later), or not at all"),
            SharedParameters.ON_ERROR,
            SharedParameters.RESUME,
            tuning("force-version", "false", "false|true", "try a Milvus version that is not supported"),
            tuning(
                    "gc-pause",
                    null,
                    "require|try|off",
                    "pause Milvus' garbage collection; default try, off where backup.gcPause.enable is false"),
            tuning("transfer", "auto", "auto|server|stream", "how objects are copied"),
            tuning("in-flight", null, "[1-9][0-9]{0,3}", "objects copied at once; default backup.parallelism.copydata"),
            SharedParameters.BYTES,
            SharedParameters.REQUESTS,
            SharedParameters.CHUNK,
            SharedParameters.workers("copy"));

    private BackupParameters() {}
}
