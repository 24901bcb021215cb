package io.migrator.launch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The built-in jobs and the parameters each takes: the one source for parsing, help and job identity. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
public enum JobKind {
    BACKUP(
            "copy collections out of Milvus' bucket into the vault",
            List.of(
                    new ParameterSpec(
                            "collection", true, null, null, "collections, comma separated: coll or db.coll; required"),
                    new ParameterSpec(
                            "name",
                            true,
                            null,
                            "[A-Za-z_][A-Za-z0-9_]{0,127}",
                            "name of the backup; default <collection>_<yyyy_MM_dd_HH_mm_ss> in UTC"),
                    new ParameterSpec(
                            "gc-pause",
                            false,
                            null,
                            "require|try|off",
                            "pause Milvus' garbage collection; default try, off where backup.gcPause.enable is false"),
                    new ParameterSpec("transfer", false, "auto", "auto|server|stream", "how objects are copied"),
                    new ParameterSpec(
                            "in-flight",
                            false,
                            null,
                            "[1-9][0-9]{0,3}",
                            "objects copied at once; default backup.parallelism.copydata"),
                    new ParameterSpec("chunk", false, "250", "[1-9][0-9]{0,4}", "objects a checkpoint covers"),
                    new ParameterSpec(
                            "workers", false, "2", "[1-9][0-9]?", "partitions of the copy step that run at once"))),
    RESTORE(
            "bring collections of a backup into Milvus",
            List.of(
                    new ParameterSpec("name", true, null, "[^/\\\\\\s]{1,255}", "name of the backup; required"),
                    new ParameterSpec(
                            "collection", true, null, null, "collections of the backup, comma separated; default all"),
                    new ParameterSpec(
                            "suffix", true, "", "[A-Za-z0-9_]*", "appended to the name of every restored collection"),
                    new ParameterSpec("rename", true, "", null, "new names, comma separated: old:new or db.old:db.new"),
                    new ParameterSpec(
                            "index",
                            false,
                            "yes",
                            "yes|none|auto",
                            "rebuild indexes as they were, not at all, or as AUTOINDEX"),
                    new ParameterSpec(
                            "aliases", false, "no", "no|yes", "give the restored collection the aliases of the source"),
                    new ParameterSpec("load", false, "none", "none|as-source|yes", "load the restored collection"),
                    new ParameterSpec("transfer", false, "auto", "auto|server|stream", "how objects are staged"),
                    new ParameterSpec(
                            "in-flight",
                            false,
                            null,
                            "[1-9][0-9]{0,3}",
                            "objects staged at once; default backup.parallelism.copydata"),
                    new ParameterSpec("chunk", false, "250", "[1-9][0-9]{0,4}", "objects a checkpoint covers")));

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

    public static Optional<JobKind> named(String name) {
        return List.of(values()).stream()
                .filter(kind -> kind.jobName().equals(name))
                .findFirst();
    }
}
