package io.migrator.launch.request;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The built-in jobs and the parameters each takes: the one source for parsing, help and job identity. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
public enum JobKind {
    BACKUP("copy collections out of Milvus' bucket into the vault", BackupParameters.ALL),
    RESTORE("bring collections of a backup into Milvus", RestoreParameters.ALL),
    VERIFY("prove that a backup is whole, or name what is not", VerifyParameters.ALL),
    EXPIRE("delete backups that a policy does not keep", ExpireParameters.ALL),
    EXPORT("copy a backup under another name, or into another vault, in milvus-backup's layout", ExportParameters.ALL);

    private final String purpose;
    private final List<ParameterSpec> parameters;

    JobKind(String purpose, List<ParameterSpec> parameters) {
        this.purpose = purpose;
        this.parameters = parameters;
    }

    /** The name on the command line. */
    public String jobName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String purpose() {
        return purpose;
    }

    public List<ParameterSpec> parameters() {
        return parameters;
    }

    /** Whether neither Milvus nor its bucket is asked. */
    public boolean asksVaultAlone() {
        return this == VERIFY || this == EXPIRE || this == EXPORT;
    }

    /** Whether there may be another vault as its target. */
    public boolean takesTarget() {
        return this == EXPORT;
    }

    public static Optional<JobKind> named(String name) {
        return List.of(values()).stream()
                .filter(kind -> kind.jobName().equals(name))
                .findFirst();
    }
}
