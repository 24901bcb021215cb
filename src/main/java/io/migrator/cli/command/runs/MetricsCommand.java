package io.migrator.cli.command.runs;

import static io.migrator.cli.line.Option.flag;
import static io.migrator.cli.line.Option.option;

import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.Catalog;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.output.StillWaiting;
import io.migrator.config.MigratorConfig;
import io.migrator.config.Sides;
import io.migrator.config.StorageConfig;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.coverage.Coverage;
import io.migrator.coverage.CoverageQuestion;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.sink.metrics.Exposition;
import io.migrator.sink.metrics.PromFile;
import io.migrator.sink.metrics.Sample;
import io.migrator.sink.metrics.VaultSamples;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The word {@code metrics}: the state of the vault in Prometheus' text format, for a timer to call. */
public final class MetricsCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            option("-o --file", "FILE", "write into this file, whole or not at all; without it to standard output"),
            flag("--coverage", "also how many collections of Milvus are in no complete backup"),
            option("--max-age", "AGE", "with --coverage: in none younger than that: 26h, 2d, 1w"));

    @Override
    public String word() {
        return "metrics";
    }

    @Override
    public String purpose() {
        return "tell the state of the vault as metrics for Prometheus: [-o FILE] [--coverage [--max-age 26h]]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        boolean coverage = run.words().given("--coverage");
        if (run.words().given("--max-age") && !coverage) {
            problems.add("--max-age is for --coverage");
        }
        Path file = file(run.words().text("-o"), problems);
        ResolvedConfig config = run.begin(problems, coverage ? Sides.ALL : Sides.VAULT_UNPROVEN, null, List.of());
        run.startLog(config);
        MigratorConfig servers = config.config();
        return StillWaiting.during(run.output(), word(), servers.vault().display(), () -> {
            List<Sample> samples = samples(config, coverage, run.words().text("--max-age"));
            return tell(run, samples, file);
        });
    }

    private static @Nullable Path file(@Nullable String named, List<String> problems) {
        if (named != null && named.isBlank()) {
            problems.add("-o: must not be empty");
        }
        try {
            return named == null ? null : Path.of(named).toAbsolutePath();
        } catch (InvalidPathException e) {
            problems.add("-o: this system cannot name such a file: " + e.getReason());
            return null;
        }
    }

    private static List<Sample> samples(ResolvedConfig config, boolean coverage, @Nullable String maxAge) {
        StorageConfig vault = config.config().vault();
        try (ObjectStore store = Stores.open(vault)) {
            store.requireReachable();
            List<BackupSummary> backups = new Catalog(store, vault.rootPath()).list();
            Map<String, Long> states = new LinkedHashMap<>();
            for (State state : State.values()) {
                states.put(
                        state.name().toLowerCase(Locale.ROOT),
                        backups.stream().filter(one -> one.state() == state).count());
            }
            List<Instant> complete = backups.stream()
                    .filter(one -> one.state() == State.COMPLETE)
                    .map(BackupSummary::created)
                    .filter(Objects::nonNull)
                    .sorted()
                    .toList();
            OptionalLong unprotected = coverage
                    ? OptionalLong.of(Coverage.of(
                                    config.config(),
                                    CoverageQuestion.of(Objects.requireNonNullElse(maxAge, ""), "", "", ""))
                            .collections()
                            .stream()
                            .filter(one -> one.newest() == null || !one.young())
                            .count())
                    : OptionalLong.empty();
            return VaultSamples.of(
                    vault.display() + "/" + vault.rootPath(),
                    config.outside().metrics().labels(),
                    states,
                    backups.stream().mapToLong(BackupSummary::size).sum(),
                    complete.isEmpty() ? null : complete.get(complete.size() - 1),
                    complete.isEmpty() ? null : complete.get(0),
                    unprotected);
        }
    }

    private static int tell(Run run, List<Sample> samples, @Nullable Path file) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(
                "metrics",
                samples.stream()
                        .map(sample -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("metric", sample.name());
                            one.put("labels", sample.labels());
                            one.put("value", sample.value());
                            return one;
                        })
                        .toList());
        if (file == null) {
            run.output().text(Exposition.of(samples).lines().toList());
            return run.output().done("metrics", "", facts);
        }
        try {
            PromFile.of(samples).write(file);
        } catch (IOException e) {
            throw new MigratorException(
                    Failure.USAGE, e.getMessage() + ". Name a file in a folder that this user may write with -o.", e);
        }
        return run.output().done("metrics", "metrics are in " + file, facts);
    }
}
