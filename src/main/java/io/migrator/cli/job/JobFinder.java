package io.migrator.cli.job;

import io.migrator.config.read.ConfigLocation;
import io.migrator.config.read.FileTrust;
import io.migrator.config.read.SettingsText;
import io.migrator.failure.FileFault;
import io.migrator.launch.request.JobKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the job that {@code --job=NAME} means: a file of that name, or a built-in job. */
public final class JobFinder {
    private static final String FILE_NAME = "[A-Za-z0-9._-]+";

    private final ConfigLocation location;
    private final Clock clock;
    private final FileTrust trust;

    public JobFinder(ConfigLocation location, Clock clock, FileTrust trust) {
        this.location = location;
        this.clock = clock;
        this.trust = trust;
    }

    /** The job that {@code --job=NAME} means, its parameters unchecked; null where that is unknown. */
    @Nullable
    public FoundJob named(String name, Map<String, String> given, List<String> problems) {
        Path file = name.matches(FILE_NAME) ? location.job(name) : null;
        if (file == null) {
            JobKind job = JobKind.named(name).orElse(null);
            if (job == null) {
                problems.add(unknown(name));
                return null;
            }
            return FoundJob.builtIn(job, given, "built-in job");
        }
        String shown = location.shown(file);
        List<String> wrong = new ArrayList<>();
        JobPreset preset;
        try {
            preset = JobPreset.read(SettingsText.read(file), shown, clock.instant(), wrong);
        } catch (IOException e) {
            problems.add("unable to read '%s': %s".formatted(shown, FileFault.told(e)));
            return null;
        }
        problems.addAll(wrong);
        JobKind job = preset.job() == null ? null : JobKind.named(preset.job()).orElse(null);
        if (job == null) {
            if (preset.job() != null) {
                problems.add("%s: unknown job '%s'%s"
                        .formatted(shown, preset.job(), Suggestion.of(preset.job(), builtIn())));
            }
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>(preset.parameters());
        parameters.putAll(given);
        JobKind builtIn = JobKind.named(name).orElse(job);
        if (builtIn != job) {
            problems.add("%s: it has the name of the built-in job %s, but runs %s; give the file another name"
                    .formatted(shown, builtIn.jobName(), job.jobName()));
        }
        problems.addAll(trust.refusalsOfFound(file, shown));
        return new FoundJob(
                job,
                parameters,
                shown,
                preset.config(),
                preset.targetConfig(),
                preset.every(),
                trust.alarms(file, shown));
    }

    private String unknown(String name) {
        String suggestion = Suggestion.of(name, known());
        String jobs = "%s Jobs: %s".formatted(suggestion.isEmpty() ? "." : suggestion, String.join(", ", known()));
        return name.matches(FILE_NAME)
                ? "unknown job '%s'%s; looked for %s.yaml in %s"
                        .formatted(name, jobs, name, location.shown(location.places("jobs")))
                : "unknown job '%s'; a job's name has letters, digits, '.', '_' and '-' only%s".formatted(name, jobs);
    }

    /** Names that {@code --job} takes: the files and the built-in jobs. */
    public Set<String> known() {
        TreeSet<String> names = new TreeSet<>(builtIn());
        for (Path folder : location.folders("jobs")) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".yaml"))
                        .forEach(file -> names.add(file.substring(0, file.length() - ".yaml".length())));
            } catch (IOException ignored) {
                // Only suggestions come from here: a folder that cannot be listed has none to offer.
            }
        }
        return names;
    }

    private static List<String> builtIn() {
        return Arrays.stream(JobKind.values()).map(JobKind::jobName).toList();
    }
}
