package io.migrator.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the words on the command line ask for. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
enum Verb {
    JOB("", "", List.of()),
    CREATE("create", "back up collections: -c NAME[,NAME] [-n BACKUP]", List.of("-c", "-n")),
    RESTORE(
            "restore",
            "restore a backup: -n BACKUP [-c NAME[,NAME]] [-s SUFFIX] [-r OLD:NEW] [--restore_index]",
            List.of("-c", "-n", "-s", "-r", "--rebuild_index", "--restore_index")),
    LIST("list", "list the backups of the vault", List.of()),
    GET("get", "describe a backup as JSON: -n BACKUP", List.of("-n")),
    DELETE("delete", "delete a backup: -n BACKUP", List.of("-n")),
    CONFIG_SHOW("config show", "show the configuration and where each value comes from", List.of()),
    HELP("help", "show this help", List.of());

    private final String word;
    private final String purpose;
    private final List<String> options;

    Verb(String word, String purpose, List<String> options) {
        this.word = word;
        this.purpose = purpose;
        this.options = options;
    }

    String word() {
        return word;
    }

    String purpose() {
        return purpose;
    }

    /** First names of the options that only some verbs take. */
    List<String> options() {
        return options;
    }

    boolean needsBackupName() {
        return this == GET || this == DELETE;
    }

    boolean runsJob() {
        return this == JOB || this == CREATE || this == RESTORE;
    }

    static List<String> words() {
        return List.of(values()).stream()
                .map(Verb::word)
                .filter(word -> !word.isEmpty())
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
