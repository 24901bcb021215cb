package io.migrator.cli.command;

import static io.migrator.cli.line.Option.flag;
import static io.migrator.cli.line.Option.option;

import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.BackupSummary.Kind;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.pool.PoolSizes;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.output.Amounts;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.PoolWords;
import io.migrator.cli.output.TextTable;
import io.migrator.cli.watch.Doing;
import io.migrator.config.StorageConfig;
import io.migrator.record.Proofs;
import io.migrator.record.RecordFolder;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The word {@code list}: the backups of the vault, by their small files. */
final class ListCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            flag("--sizes", "also what deleting each backup would free, and what the pool holds"),
            option("-c --collection", "NAME", "no effect")
                    .warns("-c has no effect on list, as in milvus-backup 0.5: all backups are listed"));

    @Override
    public String word() {
        return "list";
    }

    @Override
    public String purpose() {
        return "list the backups of the vault: [--sizes]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public int run(Run run) {
        return VaultAccess.run(
                run,
                (catalog, vault) -> list(
                        catalog,
                        proofs(run, vault.config()),
                        vault.config(),
                        run.words().given("--sizes"),
                        run.output()));
    }

    /** None where this machine has no records, or none that can be read: they are no part of the vault. */
    private static Proofs proofs(Run run, StorageConfig vault) {
        try {
            return Proofs.of(new RecordFolder(run.stateFolder()), Doing.vault(vault));
        } catch (UncheckedIOException e) {
            run.output().warn(List.of("proofs are not shown: " + e.getMessage()));
            return Proofs.NONE;
        }
    }

    static int list(Catalog catalog, Proofs proofs, StorageConfig vault, boolean withSizes, Output output) {
        List<BackupSummary> listed = catalog.list();
        PoolSizes sizes = withSizes ? catalog.poolSizes(listed) : null;
        List<BackupSummary> backups = sizes == null
                ? listed
                : listed.stream().map(backup -> asRead(backup, sizes)).toList();
        List<ListedBackup> lines = backups.stream()
                .map(backup -> ListedBackup.of(backup, proofs))
                .sorted(ListedBackup.BY_TIME)
                .toList();
        Instant now = Instant.now();
        boolean pool = sizes != null || backups.stream().anyMatch(backup -> backup.kind() == Kind.POOL);
        List<List<String>> rows = new ArrayList<>();
        for (ListedBackup line : lines) {
            BackupSummary backup = line.backup();
            List<String> row = new ArrayList<>(List.of(backup.name(), line.state()));
            if (pool) {
                row.add(word(backup.kind()));
            }
            row.add(bytes(size(backup)));
            if (pool) {
                row.add(bytes(backup.added()));
            }
            if (sizes != null) {
                row.add(bytes(own(backup, sizes)));
            }
            row.addAll(List.of(
                    line.rows(),
                    line.made(),
                    line.age(now),
                    line.took(),
                    line.proved(),
                    backup.madeBy(),
                    line.remark()));
            rows.add(row);
        }
        if (!rows.isEmpty()) {
            output.text(TextTable.lines(header(pool, sizes != null), rows));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("backups", lines.stream().map(line -> facts(line, sizes)).toList());
        if (sizes != null) {
            output.text(List.of(PoolWords.told(sizes)));
            facts.put("pool", PoolWords.facts(sizes));
        }
        String message = rows.isEmpty() ? "no backup in %s/%s".formatted(vault.display(), vault.rootPath()) : "";
        return output.done("list", message, facts);
    }

    /** Whoever reads the lists of units tells what is wrong with one. */
    private static BackupSummary asRead(BackupSummary backup, PoolSizes sizes) {
        boolean complete = backup.state() == State.COMPLETE || backup.state() == State.PARTIAL;
        return complete && sizes.unreadable().contains(backup.name())
                ? backup.damaged("migrator/refs.txt.gz cannot be read")
                : backup;
    }

    private static List<String> header(boolean pool, boolean withSizes) {
        List<String> header = new ArrayList<>(List.of("NAME", "STATE"));
        if (pool) {
            header.add("KIND");
        }
        header.add("SIZE");
        if (pool) {
            header.add("ADDED");
        }
        if (withSizes) {
            header.add("OWN");
        }
        header.addAll(List.of("ROWS", "CREATED", "AGE", "TOOK", "PROVED", "MADE BY", ""));
        return header;
    }

    private static OptionalLong size(BackupSummary backup) {
        return backup.state() == State.COMPLETE || backup.state() == State.PARTIAL
                ? OptionalLong.of(backup.size())
                : OptionalLong.empty();
    }

    /** What deleting it would free. */
    static OptionalLong own(BackupSummary backup, PoolSizes sizes) {
        if (backup.kind() == Kind.FULL) {
            return size(backup);
        }
        Long own = sizes.known() ? sizes.own().get(backup.name()) : null;
        return own == null ? OptionalLong.empty() : OptionalLong.of(own);
    }

    private static String bytes(OptionalLong bytes) {
        return bytes.isEmpty() ? "-" : Amounts.bytes((double) bytes.getAsLong());
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> facts(ListedBackup line, @Nullable PoolSizes sizes) {
        BackupSummary backup = line.backup();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", backup.name());
        facts.put("state", backup.state().name().toLowerCase(Locale.ROOT));
        facts.put("kind", word(backup.kind()));
        facts.put("size", backup.size());
        backup.added().ifPresent(added -> facts.put("added", added));
        if (sizes != null) {
            own(backup, sizes).ifPresent(own -> facts.put("own", own));
        }
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
        facts.putAll(line.facts());
        facts.putAll(BackupLabels.facts(backup.run(), backup.hold()));
        return facts;
    }
}
