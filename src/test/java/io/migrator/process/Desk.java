package io.migrator.process;

import io.migrator.cli.CliRun;
import io.migrator.lab.LabCache;
import io.migrator.launch.Launcher;
import io.migrator.launch.Termination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** Where a user sits: a folder, a configuration file and a state folder. */
public final class Desk {
    private final Path folder;
    private final Path config;
    private final Path state;
    private final List<String> javaOptions;

    private Desk(Path folder, Path config, Path state, List<String> javaOptions) {
        this.folder = folder;
        this.config = config;
        this.state = state;
        this.javaOptions = javaOptions;
    }

    /**
     * @param folder of this desk alone
     * @param settings {@code section.key} to value
     */
    public static Desk at(Path folder, Map<String, String> settings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        settings.forEach((key, value) -> put(tree, key.split("\\."), value));
        try {
            Files.createDirectories(folder);
            Path config = folder.resolve("backup.yaml");
            Files.writeString(config, new Yaml().dump(tree));
            return new Desk(folder, config, folder.resolve("state"), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> tree, String[] path, String value) {
        Map<String, Object> node = tree;
        for (int i = 0; i < path.length - 1; i++) {
            node = (Map<String, Object>) node.computeIfAbsent(path[i], key -> new LinkedHashMap<String, Object>());
        }
        node.put(path[path.length - 1], value);
    }

    Path config() {
        return config;
    }

    public Path state() {
        return state;
    }

    /** Deletes the job databases and all else in the state folder. */
    public void loseState() throws IOException {
        LabCache.deleteTree(state);
    }

    /** Same configuration, another state folder: as from another machine. */
    public Desk withState(String name) {
        return new Desk(folder, config, folder.resolve(name), javaOptions);
    }

    /** Same configuration and state folder, but the processes get options of Java's own. */
    public Desk withJava(String... options) {
        return new Desk(folder, config, state, List.of(options));
    }

    public MigratorProcess start(String... words) {
        return MigratorProcess.start(folder, javaOptions, withPlaces(words));
    }

    public Outcome run(String... words) {
        try (MigratorProcess process = start(words)) {
            return process.end();
        }
    }

    /** The same in this JVM, for tests of many runs of which none is killed: a start costs seconds of processor time. */
    public Outcome runHere(String... words) {
        CliRun cli = new CliRun();
        int exitCode = cli.run(
                folder,
                Map.of(),
                (request, progress) -> new Launcher(request, progress, new Termination()).run(),
                withPlaces(words).toArray(String[]::new));
        return new Outcome(
                exitCode, cli.text().lines().toList(), cli.errorText().lines().toList());
    }

    private List<String> withPlaces(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--config=" + config);
        all.add("--state-dir=" + state);
        return all;
    }
}
