package io.migrator.cli.command;

import static io.migrator.cli.line.Option.option;

import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.Catalog;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.output.Amounts;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.TextTable;
import io.migrator.config.StorageConfig;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The word {@code list}: the backups of the vault, by their small files. */
final class ListCommand implements Command {
    private static final List<Option> OPTIONS = List.of(option("-c --collection", "NAME", "no effect")
            .warns("-c has no effect on list, as in milvus-backup 0.5: all backups are listed"));

    @Override
    public String word() {
        return "list";
    }

    @Override
    public String purpose() {
        return "list the backups of the vault";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public int run(Run run) {
        return VaultAccess.run(run, (catalog, vault) -> list(catalog, vault.config(), run.output()));
    }

    private static int list(Catalog catalog, StorageConfig vault, Output output) {
        List<BackupSummary> backups = catalog.list();
        List<List<String>> rows = new ArrayList<>();
        for (BackupSummary backup : backups) {
            rows.add(List.of(
                    backup.name(),
                    shown(backup.state()),
                    backup.state() == State.COMPLETE || backup.state() == State.PARTIAL
                            ? Amounts.bytes((double) backup.size())
                            : "-",
                    backup.created() == null
                            ? "-"
                            : backup.created().truncatedTo(ChronoUnit.SECONDS).toString(),
                    backup.madeBy(),
                    BackupLabels.remark(backup)));
        }
        if (!rows.isEmpty()) {
            output.text(TextTable.lines(List.of("NAME", "STATE", "SIZE", "CREATED", "MADE BY", ""), rows));
        }
        String message = rows.isEmpty() ? "no backup in %s/%s".formatted(vault.display(), vault.rootPath()) : "";
        return output.done(
                "list",
                message,
                Map.of("backups", backups.stream().map(ListCommand::facts).toList()));
    }

    private static String shown(State state) {
        // The one that can be restored is quiet, the others are loud.
        return state == State.COMPLETE ? "complete" : state.name();
    }

    private static Map<String, Object> facts(BackupSummary backup) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", backup.name());
        facts.put("state", backup.state().name().toLowerCase(Locale.ROOT));
        facts.put("size", backup.size());
        facts.put("made_by", backup.madeBy());
        if (backup.created() != null) {
            facts.put("created", backup.created().toString());
        }
        backup.collections().ifPresent(count -> facts.put("collections", count));
        if (backup.milvusVersion() != null) {
            facts.put("milvus_version", backup.milvusVersion());
        }
        if (!backup.reason().isEmpty()) {
            facts.put("reason", backup.reason());
        }
        facts.putAll(BackupLabels.facts(backup.run(), backup.hold()));
        return facts;
    }
}
