package io.migrator.cli;

import io.migrator.cli.command.Option;
import io.migrator.cli.command.Verb;
import io.migrator.cli.command.Words;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;

/** Words and options of milvus-backup that migrator knows and does not take. */
final class Refusal {
    private Refusal() {}

    /** UNSUPPORTED, with the reason and what to do in its place, where one of them is given. */
    static void requireNone(Words words) {
        String word = words.verb().word();
        if (!words.verb().refusal().isEmpty()) {
            throw refused(word, words.verb().refusal());
        }
        Option option = words.refused();
        if (option != null) {
            throw refused(word + " " + option.name(), option.refusal());
        }
        if (words.verb() == Verb.CREATE && "snapshot".equals(words.text("--format"))) {
            throw refused(
                    "create --format=snapshot",
                    "snapshots are Milvus 3.0's own and migrator copies binlogs. Leave --format out, or give binlog");
        }
    }

    private static MigratorException refused(String thing, String causeAndAdvice) {
        return new MigratorException(Failure.UNSUPPORTED, "unable to run '%s': %s.".formatted(thing, causeAndAdvice));
    }
}
