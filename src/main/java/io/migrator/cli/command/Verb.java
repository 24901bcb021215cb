package io.migrator.cli.command;

import io.migrator.launch.request.JobKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the words on the command line ask for. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
public enum Verb {
    JOB("", "", List.of()),
    CREATE("create", "back up collections: [-n BACKUP] [--filter NAMES]", WordOptions.CREATE),
    RESTORE("restore", "restore a backup: BACKUP [-s SUFFIX] [-r OLD:NEW] [--rebuild_index]", WordOptions.RESTORE),
    VERIFY("verify", "prove that a backup is whole: BACKUP [--mode deep] [--subset 1/7]", WordOptions.VERIFY),
    LIST("list", "list the backups of the vault", WordOptions.LIST),
    GET("get", "describe a backup as JSON: BACKUP", WordOptions.GET),
    DELETE("delete", "delete a backup: BACKUP", WordOptions.DELETE),
    CHECK("check", "check Milvus, both buckets, rights, root path and clock: [--store]", WordOptions.CHECK),
    CONFIG_SHOW("config show", "show the configuration and where each value comes from", List.of()),
    CONFIG_MIGRATE(
            "config migrate",
            "write a v1 configuration as v2: [-o FILE] [--force] [--strict]",
            WordOptions.CONFIG_MIGRATE),
    HELP("help", "show this help; with another word, that word's options", List.of()),
    CHECK_CONFIG("check config", "", List.of()),
    BACKUP_YAML("check backup_yaml", "", List.of()),
    SECONDARY(
            "restore secondary",
            "",
            WordOptions.SECONDARY,
            "migrator does not restore into the secondary of a replicating cluster. Use milvus-backup for that"),
    L0COMPACT(
            "l0compact",
            "",
            WordOptions.L0COMPACT,
            "migrator restores L0 segments as they are, so nothing has to be compacted. Run restore right away"),
    MIGRATE(
            "migrate",
            "",
            WordOptions.MIGRATE,
            "migrator does not speak to Zilliz Cloud's own migration service. Restore into the cluster with milvus.token,"
                    + " or use milvus-backup"),
    SERVER(
            "server",
            "",
            WordOptions.SERVER,
            "migrator has no REST service: a job is a process that a scheduler starts, repeats and watches by its exit"
                    + " code. See docs/schedulers.md");

    private final String word;
    private final String purpose;
    private final List<Option> options;
    private final String refusal;

    Verb(String word, String purpose, List<Option> options) {
        this(word, purpose, options, "");
    }

    Verb(String word, String purpose, List<Option> options, String refusal) {
        this.word = word;
        this.purpose = purpose;
        this.options = options;
        this.refusal = refusal;
    }

    public String word() {
        return word;
    }

    /** For help; empty where it is not to be shown there. */
    String purpose() {
        return purpose;
    }

    /** Why milvus-backup's word is not taken, and what to do; empty where it is. */
    public String refusal() {
        return refusal;
    }

    /** The options that only some verbs take. */
    List<Option> options() {
        return options;
    }

    boolean needsBackupName() {
        return this == GET || this == DELETE;
    }

    /** Whether the word is about one backup that is there, so that a name may stand behind it. */
    boolean readsBackup() {
        return needsBackupName() || this == RESTORE || this == VERIFY;
    }

    /** Whether nothing but the vault is looked at. */
    public boolean looksAtVault() {
        return needsBackupName() || this == LIST;
    }

    public boolean runsJob() {
        return this == JOB || job() != null;
    }

    /** The job that the word means by itself; null where it means none. */
    @Nullable
    JobKind job() {
        return switch (this) {
            case CREATE -> JobKind.BACKUP;
            case RESTORE -> JobKind.RESTORE;
            case VERIFY -> JobKind.VERIFY;
            default -> null;
        };
    }

    public boolean showsConfig() {
        return this == CONFIG_SHOW || this == CHECK_CONFIG || this == BACKUP_YAML;
    }

    /** Words that help shows, for suggestions. */
    static List<String> words() {
        return Stream.of(values())
                .filter(verb -> !verb.purpose.isEmpty())
                .map(Verb::word)
                .toList();
    }

    static @Nullable Verb named(String word) {
        for (Verb verb : values()) {
            if (verb != JOB && verb.word.equals(word.toLowerCase(Locale.ROOT))) {
                return verb;
            }
        }
        return null;
    }
}
