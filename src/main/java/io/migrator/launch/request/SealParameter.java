package io.migrator.launch.request;

/** The parameter {@code seal} of the jobs that read a backup. */
final class SealParameter {
    static final ParameterSpec SEAL = ParameterSpec.tuning(
            "seal",
            "keyed",
            "keyed|renamed|unkeyed",
            "where seal.key is set: only backups sealed with it; also moved to another name; also sealed with none");

    private SealParameter() {}
}
