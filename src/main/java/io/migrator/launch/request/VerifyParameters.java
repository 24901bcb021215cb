package io.migrator.launch.request;

import static io.migrator.launch.request.ParameterSpec.naming;
import static io.migrator.launch.request.ParameterSpec.tuning;

import java.util.List;

/** What the job {@code verify} takes. */
final class VerifyParameters {
    static final List<ParameterSpec> ALL = List.of(
            SharedParameters.BACKUP,
            naming("mode", "fast", "fast|deep", "look at listings and metas, or read every byte, too"),
            naming(
                    "subset",
                    "",
                    "([1-9][0-9]{0,4}/[1-9][0-9]{0,4}|[0-9]{1,2}(\\.[0-9]{1,3})?%|100%)?",
                    "what mode=deep reads: n/m, the n-th of m shares, or x%, a random sample; default all"),
            naming("seed", null, "[0-9]{1,18}", "number that a sample depends on; default a new one, which is shown"),
            tuning("in-flight", null, "[1-9][0-9]{0,2}", "objects read at once; default backup.parallelism.copydata"),
            SharedParameters.SEAL,
            SharedParameters.BYTES,
            SharedParameters.REQUESTS,
            SharedParameters.CHUNK,
            tuning(
                    "workers",
                    null,
                    "remote(\\+[1-9][0-9]?)?",
                    "remote: mode=deep reads in workers of all hosts, remote+2: in two threads here, too; default here alone"));

    private VerifyParameters() {}
}
