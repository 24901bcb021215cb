package io.migrator.retention.sweep;

import static io.migrator.retention.sweep.ModelActor.POOL;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What must hold after every request: each complete backup has all of its units, whole and unchanged. */
final class ModelCheck {
    private final List<VaultLayout> backups;
    private final ModelSource source;
    private int completed;

    ModelCheck(List<String> names, ModelSource source) {
        this.backups = names.stream().map(name -> new VaultLayout("", name)).toList();
        this.source = source;
    }

    /** What is wrong; empty where nothing is. */
    Optional<String> look(ModelVault vault, String changed) {
        for (VaultLayout backup : backups) {
            if (complete(vault, backup)) {
                if (changed.equals(backup.marker())) {
                    completed++;
                }
                Optional<String> fault = lacking(vault, backup);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    /** How many times a backup became complete. */
    int completed() {
        return completed;
    }

    /** One of which the metas are of two runs, by a late write, is refused by its seal. */
    static boolean complete(ModelVault vault, VaultLayout backup) {
        return !vault.has(backup.marker())
                && vault.get(meta(backup, MetaFile.BACKUP))
                        .filter(head -> vault.get(meta(backup, MetaFile.FULL))
                                .filter(full -> full.same(head.content()))
                                .isPresent())
                        .isPresent();
    }

    /** The model's metas name the units of the backup. */
    static byte[] metaOf(String stamp, List<Unit> units) {
        return (stamp + "\n" + units.stream().map(Unit::path).collect(Collectors.joining("\n")))
                .getBytes(StandardCharsets.US_ASCII);
    }

    static String meta(VaultLayout backup, MetaFile file) {
        return backup.ownDir() + "meta/" + file.fileName();
    }

    static List<Unit> units(byte[] refs) {
        List<Unit> units = new ArrayList<>();
        try (RefsReader reader = new RefsReader(new ByteArrayInputStream(refs))) {
            for (UnitRef ref = reader.next(); ref != null; ref = reader.next()) {
                units.add(ref.unit());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return units;
    }

    static String run(byte[] refs) {
        try (RefsReader reader = new RefsReader(new ByteArrayInputStream(refs))) {
            return reader.run();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Unit> needed(ModelVault vault, VaultLayout backup) {
        String meta =
                new String(vault.get(meta(backup, MetaFile.FULL)).orElseThrow().content(), StandardCharsets.US_ASCII);
        return meta.lines().skip(1).map(path -> Unit.parse(path).orElseThrow()).toList();
    }

    private Optional<String> lacking(ModelVault vault, VaultLayout backup) {
        for (Unit unit : needed(vault, backup)) {
            int objects = 0;
            for (String ignored : vault.under(POOL.unitDir(unit))) {
                objects++;
            }
            List<ModelSource.File> files = source.files(unit);
            boolean whole = files.stream().allMatch(file -> vault.get(POOL.segmentDir(unit) + file.name())
                    .filter(held -> held.same(file.content()))
                    .isPresent());
            if (!whole || objects != files.size()) {
                return Optional.of("%s is complete, but its unit %s is not".formatted(backup.name(), unit.path()));
            }
        }
        return Optional.empty();
    }
}
