package io.migrator.export;

import io.migrator.catalog.Catalog;
import io.migrator.config.MigratorConfig;
import io.migrator.config.SealConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.format.own.RunRecord;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import io.migrator.restore.RepeatGround;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Exports of backups that a {@link RepeatGround} makes, in its vault or into another one. */
final class ExportGround implements AutoCloseable {
    private final RepeatGround ground;
    private final LocalFolders folders;
    private @Nullable MigratorConfig target;

    ExportGround(Path dir) {
        ground = RepeatGround.in(dir);
        folders = new LocalFolders(ground.vaultFolder().getParent());
        folders.createBucket("other");
    }

    RepeatGround ground() {
        return ground;
    }

    /** From now on into another vault, sealed with that key. */
    void intoOther(String key) {
        MigratorConfig here = here();
        StorageConfig vault = folders.storage(Side.VAULT, "other", "");
        target = new MigratorConfig(
                here.milvus(), vault, vault, here.backup(), here.log(), new SealConfig(new Secret(key), ""));
    }

    private MigratorConfig here() {
        return ground.toRestore("name=any").config();
    }

    JobRequest request(String... parameters) {
        Map<String, String> values = new HashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            values.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        MigratorConfig config = target == null ? here() : here().with(target);
        return new JobRequest(JobKind.EXPORT, values, config, ground.stateFolder());
    }

    RunOutcome export(String... parameters) {
        return export(Progress.NONE, parameters);
    }

    RunOutcome export(Progress progress, String... parameters) {
        return new Launcher(request(parameters), progress, new Termination()).run();
    }

    RunOutcome preview(String... parameters) {
        return new Launcher(request(parameters).asPreview(), Progress.NONE, new Termination()).run();
    }

    /** Of that vault folder. */
    static Path file(Path vault, String backup, String rest) {
        return vault.resolve(backup).resolve(rest);
    }

    Path vault() {
        return ground.vaultFolder();
    }

    Path other() {
        return folders.parent().resolve("other");
    }

    RunRecord record(Path vault, String backup) {
        try (ObjectStore store = open(vault)) {
            return new Catalog(store, "").runRecord(backup).orElseThrow();
        }
    }

    String lacking(Path vault, String backup) {
        try (ObjectStore store = open(vault)) {
            return new Catalog(store, "").lacking(backup);
        }
    }

    ObjectStore open(Path vault) {
        return Stores.open(folders.storage(Side.VAULT, vault.getFileName().toString(), ""));
    }

    /** Files of the backup, by their paths in it. */
    static List<String> files(Path vault, String backup) {
        Path dir = vault.resolve(backup);
        if (!Files.exists(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> dir.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path firstLog(Path vault, String backup) {
        return vault.resolve(backup)
                .resolve(files(vault, backup).stream()
                        .filter(file -> file.startsWith("binlogs/insert_log"))
                        .findFirst()
                        .orElseThrow());
    }

    @Override
    public void close() {
        ground.close();
    }
}
