package io.migrator.cli.command;

import io.migrator.batch.ThisProcess;
import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.Catalog;
import io.migrator.cli.output.Amounts;
import io.migrator.cli.output.BackupDescription;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.TextTable;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Marker;
import io.migrator.format.own.RunRecord;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.VaultLease;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The words that look at the vault: list, get, delete. */
public final class VaultWords {
    private final Words words;
    private final StorageConfig vault;
    private final Output output;

    public VaultWords(Words words, StorageConfig vault, Output output) {
        this.words = words;
        this.vault = vault;
        this.output = output;
    }

    public static void check(Words words, List<String> problems) {
        Verb verb = words.verb();
        words.parameters().keySet().stream()
                .filter(name -> !(verb.needsBackupName() && name.equals("name")))
                .forEach(name -> problems.add("parameter '%s' does not belong to '%s'".formatted(name, verb.word())));
        if (words.given("--dry-run")) {
            problems.add("--dry-run is for jobs, not for '%s'".formatted(verb.word()));
        }
        String name = words.backup();
        if (verb.needsBackupName() && name == null) {
            problems.add("'%s' needs the name of a backup: %s -n NAME".formatted(verb.word(), verb.word()));
        } else if (words.text("-n") != null && words.parameters().containsKey("name")) {
            problems.add("the backup is named twice: '%s' and '%s'"
                    .formatted(name, words.parameters().get("name")));
        } else if (name != null && (name.isBlank() || name.contains("/"))) {
            problems.add("-n: '%s' is not the name of a backup".formatted(name));
        }
    }

    public int run() {
        String name = String.valueOf(words.backup());
        try (ObjectStore store = Stores.open(vault)) {
            store.requireReachable();
            Catalog catalog = new Catalog(store, vault.rootPath());
            return switch (words.verb()) {
                case LIST -> list(catalog);
                case GET -> get(catalog, name);
                case DELETE -> delete(catalog, name);
                default -> throw new IllegalStateException("no look at the vault: " + words.verb());
            };
        }
    }

    private int list(Catalog catalog) {
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
                    backup.reason()));
        }
        if (!rows.isEmpty()) {
            output.text(TextTable.lines(List.of("NAME", "STATE", "SIZE", "CREATED", "MADE BY", ""), rows));
        }
        String message = rows.isEmpty() ? "no backup in %s/%s".formatted(vault.display(), vault.rootPath()) : "";
        return output.done(
                "list",
                message,
                Map.of("backups", backups.stream().map(VaultWords::facts).toList()));
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
        return facts;
    }

    private int get(Catalog catalog, String name) {
        BackupDescription description = BackupDescription.of(
                catalog.read(name),
                catalog.runRecord(name).map(RunRecord::missing).orElse(List.of()));
        output.text(List.of(description.text()));
        return output.done("get", "", Map.of("backup", description.facts()));
    }

    private int delete(Catalog catalog, String name) {
        Marker marker = incompleteMarker(catalog, name);
        if (marker != null
                && !catalog.leased(name)
                && ThisProcess.look().isAlive(marker.host(), marker.pid(), marker.startedAt())) {
            throw MigratorException.unable(
                    Failure.LOCKED,
                    "delete",
                    name,
                    "process %d of this machine has been making it since %s"
                            .formatted(marker.pid(), marker.startedAt()),
                    "Stop that process first.");
        }
        catalog.requireReleased(name);
        long objects = catalog.exists(name) ? deleteLeased(catalog, name) : catalog.delete(name);
        return output.done(
                "delete",
                "deleted backup '%s': %s %s"
                        .formatted(name, Amounts.count(objects), objects == 1 ? "object" : "objects"),
                Map.of("objects_deleted", objects));
    }

    /** The deletion is a run like a backup: two of them, or one of each, are not at work on the same name at once. */
    private long deleteLeased(Catalog catalog, String name) {
        VaultLayout layout = new VaultLayout(vault.rootPath(), name);
        try (VaultLease lease =
                new VaultLease(Stores.open(vault), layout, LeaseTerms.usual(), line -> output.warn(List.of(line)))) {
            lease.take(LeaseHolder.of(UUID.randomUUID().toString(), "delete"), () -> false);
            lease.confirm();
            return catalog.delete(name, lease::requireHeld);
        }
    }

    private static @Nullable Marker incompleteMarker(Catalog catalog, String name) {
        try {
            return catalog.marker(name).orElse(null);
        } catch (MigratorException e) {
            if (e.failure() == Failure.CORRUPT) {
                // A damaged marker names nobody; the backup has to stay deletable.
                return null;
            }
            throw e;
        }
    }
}
