package io.migrator.launch.request;

import static io.migrator.launch.request.ParameterSpec.tuning;

/** How fast a job may copy and ask, the same for every job that copies. */
final class ThrottleParameters {
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

    private ThrottleParameters() {}
}
