package io.migrator.launch.request;

import static io.migrator.launch.request.ParameterSpec.naming;
import static io.migrator.launch.request.ParameterSpec.tuning;

import io.migrator.batch.Resume;

/** Parameters that several jobs take, the same for each. */
final class SharedParameters {
    static final ParameterSpec BACKUP =
            naming("name", null, "[^/\\\\\\s]{1,255}", "name of the backup").needed();
    static final ParameterSpec PARTITIONS = ParameterSpec.choosing(
            "partition", "", "only these partitions, comma separated, * and ? allowed; default all");
    static final ParameterSpec ON_ERROR =
            tuning("on-error", "stop", "stop|continue", "whether a collection that fails stops the others");
    static final ParameterSpec RESUME = tuning(
            Resume.PARAMETER,
            "auto",
            "auto|force|restart",
            "unfinished work that is not as it was left: refuse, go on where that is sound, or begin anew");
    static final ParameterSpec SEAL = tuning(
            "seal",
            "keyed",
            "keyed|renamed|unkeyed",
            "where seal.key is set: only backups sealed with it; also moved to another name; also sealed with none");
    static final ParameterSpec BYTES = tuning(
            "max-bytes-per-second",
            null,
            "[1-9][0-9]{0,8}[KMG]?",
            "bytes of objects copied in a second, such as 50M, 1G or 800000; default any number");
    static final ParameterSpec REQUESTS = tuning(
            "max-requests-per-second",
            null,
            "[1-9][0-9]{0,5}",
            "requests to each of the two stores; default any number");
    static final ParameterSpec CHUNK = tuning("chunk", "250", "[1-9][0-9]{0,4}", "objects a checkpoint covers");

    private SharedParameters() {}

    /** @param step which of a job is worked off by partitions */
    static ParameterSpec workers(String step) {
        return tuning(
                "workers",
                "2",
                "[1-9][0-9]?|remote(\\+[1-9][0-9]?)?",
                "partitions of the %s step that run at once; remote: in workers of all hosts, remote+2: here, too"
                        .formatted(step));
    }
}
