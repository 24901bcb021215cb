package io.migrator.cli.command;

import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.Words;
import io.migrator.cli.output.Output;
import io.migrator.format.own.HoldNote;
import io.migrator.retention.hold.BackupHolds;
import io.migrator.retention.hold.HoldEnd;
import io.migrator.retention.hold.VaultClock;
import io.migrator.store.ObjectStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The word {@code hold}: keeps a backup from being deleted, for ever or until a day. */
final class HoldCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            CommonOptions.NAME,
            option("--until", "DATE", "when the hold ends: a day, or a moment with its offset; default never"),
            option("--reason", "TEXT", "why, for those who see it"));

    @Override
    public String word() {
        return "hold";
    }

    @Override
    public String purpose() {
        return "keep a backup from being deleted: BACKUP [--until DATE] [--reason TEXT]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public String operand() {
        return "BACKUP";
    }

    @Override
    public int run(Run run) {
        return VaultAccess.run(run, (catalog, vault) -> hold(run.words(), vault, run.output()));
    }

    private static int hold(Words words, ObjectStore vault, Output output) {
        String name = String.valueOf(words.backup());
        Instant now = VaultClock.of(vault.config()).now();
        String end = words.text("--until");
        Instant until = end == null ? null : HoldEnd.parse(end, now);
        String reason = Objects.requireNonNullElse(words.text("--reason"), "");
        HoldNote before = new BackupHolds(vault, line -> output.warn(List.of(line)))
                .hold(name, until, reason)
                .orElse(null);
        Map<String, Object> facts = new LinkedHashMap<>(BackupLabels.facts(new HoldNote(until, reason, "", now)));
        facts.keySet().retainAll(List.of("until", "reason"));
        facts.put("backup", name);
        facts.put("held_before", before != null && before.holds(now));
        String was = before == null || !before.holds(now) ? "" : "; before it was " + before.told();
        return output.done(
                "hold",
                "backup '%s' is held%s%s; delete and expire leave it alone until it is released"
                        .formatted(name, until == null ? "" : " until " + until, was),
                facts);
    }
}
