package io.migrator.launch.request;

import static io.migrator.launch.request.ParameterSpec.choosing;
import static io.migrator.launch.request.ParameterSpec.naming;
import static io.migrator.launch.request.ParameterSpec.tuning;

import java.util.List;

/** What the job {@code export} takes. */
final class ExportParameters {
    static final List<ParameterSpec> ALL = List.of(
            SharedParameters.BACKUP,
            naming("to", null, "[A-Za-z_][A-Za-z0-9_]{0,127}", "name of the copy; default <name>_full"),
            choosing("collection", "", "collections of the backup: coll, db.coll, db.*, comma separated; default all"),
            SharedParameters.SEAL,
            SharedParameters.RESUME,
            tuning("transfer", "auto", "auto|server|stream", "how objects are copied"),
            tuning("in-flight", null, "[1-9][0-9]{0,3}", "objects copied at once; default backup.parallelism.copydata"),
            SharedParameters.BYTES,
            SharedParameters.REQUESTS,
            SharedParameters.CHUNK,
            tuning("workers", "2", "[1-9][0-9]?", "partitions of the copy step that run at once"));

    private ExportParameters() {}
}
