package io.migrator.cli;

import io.migrator.config.MigratorConfig;
import io.migrator.failure.Failure;
import java.util.List;
import java.util.Map;

/** The words that look at the vault: list, get, delete. */
final class VaultWords {
    private final Words words;
    private final MigratorConfig config;
    private final Output output;

    VaultWords(Words words, MigratorConfig config, Output output) {
        this.words = words;
        this.config = config;
        this.output = output;
    }

    static void check(Words words, List<String> problems) {
        Verb verb = words.verb();
        words.parameters()
                .keySet()
                .forEach(name -> problems.add("parameter '%s' does not belong to '%s'".formatted(name, verb.word())));
        if (words.given("--dry-run")) {
            problems.add("--dry-run is for jobs, not for '%s'".formatted(verb.word()));
        }
        String name = words.text("-n");
        if (verb.needsBackupName() && name == null) {
            problems.add("'%s' needs the name of a backup: -n NAME".formatted(verb.word()));
        } else if (name != null && (name.isBlank() || name.contains("/"))) {
            problems.add("-n: '%s' is not the name of a backup".formatted(name));
        }
    }

    int run() {
        return output.end(
                words.verb().word(),
                Failure.UNSUPPORTED,
                "not built yet: " + config.vault().display(),
                Map.of(),
                List.of(),
                null);
    }
}
