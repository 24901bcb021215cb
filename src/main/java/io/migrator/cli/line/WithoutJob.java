package io.migrator.cli.line;

import java.util.List;

/** What is wrong with a word that runs no job. */
public final class WithoutJob {
    private WithoutJob() {}

    /** @param problems where it is added */
    public static void check(Words words, List<String> problems) {
        Command command = words.command();
        boolean needsBackup = command.operand().equals("BACKUP");
        String word = command.word();
        words.parameters().keySet().stream()
                .filter(name -> !(needsBackup && name.equals("name")))
                .forEach(name -> problems.add("parameter '%s' does not belong to '%s'".formatted(name, word)));
        if (words.given("--dry-run")) {
            problems.add("--dry-run is for jobs, not for '%s'".formatted(word));
        }
        if (words.given("--locked")) {
            problems.add("--locked is for jobs, not for '%s'".formatted(word));
        }
        List.of("--target-config", "--target-set").stream()
                .filter(words::given)
                .forEach(option -> problems.add("%s is for the job export, not for '%s'".formatted(option, word)));
        String name = words.backup();
        if (needsBackup && name == null) {
            problems.add("'%s' needs the name of a backup: %s -n NAME".formatted(word, word));
        } else if (words.text("-n") != null && words.parameters().containsKey("name")) {
            problems.add("the backup is named twice: '%s' and '%s'"
                    .formatted(name, words.parameters().get("name")));
        } else if (name != null && (name.isBlank() || name.contains("/"))) {
            problems.add("-n: '%s' is not the name of a backup".formatted(name));
        }
    }
}
