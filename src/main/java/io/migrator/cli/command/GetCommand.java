package io.migrator.cli.command;

import static io.migrator.cli.line.Option.flag;

import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.pool.PoolSizes;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.output.BackupDescription;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.PoolWords;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.own.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The word {@code get}: one backup as JSON. */
final class GetCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            CommonOptions.NAME,
            flag("--sizes", "also what deleting it would free"),
            flag("-d --detail", "no effect").warns("-d has no effect: get always shows the whole backup"));

    @Override
    public String word() {
        return "get";
    }

    @Override
    public String purpose() {
        return "describe a backup as JSON: BACKUP [--sizes]";
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
        return VaultAccess.run(
                run,
                (catalog, vault) -> get(
                        catalog,
                        String.valueOf(run.words().backup()),
                        run.words().given("--sizes"),
                        run.output()));
    }

    static int get(Catalog catalog, String name, boolean withSizes, Output output) {
        RunRecord run = catalog.runRecord(name).orElse(null);
        Map<String, Object> labels =
                new LinkedHashMap<>(PoolWords.facts(catalog.layout(name).isPooled(), run));
        labels.putAll(BackupLabels.facts(run, catalog.hold(name).orElse(null)));
        BackupInfo backup = catalog.read(name);
        if (withSizes) {
            labels.putAll(sizes(catalog, name));
        }
        BackupDescription description = BackupDescription.of(backup, run == null ? List.of() : run.missing(), labels);
        output.text(List.of(description.text()));
        return output.done("get", "", Map.of("backup", description.facts()));
    }

    /** What others share is not free: so their lists of units are read, too. */
    private static Map<String, Object> sizes(Catalog catalog, String name) {
        List<BackupSummary> all = catalog.list();
        PoolSizes sizes = catalog.poolSizes(all);
        Map<String, Object> facts = new LinkedHashMap<>();
        all.stream().filter(one -> one.name().equals(name)).forEach(one -> ListCommand.own(one, sizes)
                .ifPresent(own -> facts.put("own", own)));
        if (!sizes.known()) {
            facts.put("unreadable", sizes.unreadable());
        }
        return facts;
    }
}
