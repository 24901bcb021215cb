package io.migrator.cli.command;

import io.migrator.config.SettingsText;
import io.migrator.config.read.ConfigLocation;
import io.migrator.config.read.FileTrust;
import io.migrator.failure.FileFault;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.ParameterSpec;
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

/** Finds out which job is meant and with which parameters. */
public final class JobWords {
    private static final String FILE_NAME = "[A-Za-z0-9._-]+";

    private final ConfigLocation location;
    private final Clock clock;
    private final FileTrust trust;

    /**
     * @param source where the job comes from, for showing
     * @param config configuration file that the preset names
     * @param alarms what the user must see of the preset
     */
    public record Resolved(
            JobKind job, Map<String, String> parameters, String source, @Nullable String config, List<String> alarms) {}

    public JobWords(ConfigLocation location, Clock clock, FileTrust trust) {
        this.location = location;
        this.clock = clock;
        this.trust = trust;
    }

    /** The job, or null where problems were added that leave it unknown. */
    @Nullable
    public Resolved resolve(Words words, List<String> problems) {
        JobKind job = words.verb().job();
        if (job != null) {
            Resolved resolved = new Resolved(
                    job, WordParameters.of(words, problems), words.verb().word(), null, List.of());
            check(job, resolved.parameters(), problems);
            return resolved;
        }
        String name = words.text("--job");
        if (name == null) {
            problems.add("nothing to do: name a job with --job, or a word such as create, restore or list");
            return null;
        }
        Resolved resolved = named(name, words.parameters(), problems);
        if (resolved != null) {
            check(resolved.job(), resolved.parameters(), problems);
        }
        return resolved;
    }

    /** The job that {@code --job=NAME} means, its parameters unchecked; null where that is unknown. */
    @Nullable
    public Resolved named(String name, Map<String, String> given, List<String> problems) {
        Path file = name.matches(FILE_NAME) ? location.job(name) : null;
        if (file == null) {
            JobKind job = JobKind.named(name).orElse(null);
            if (job == null) {
                problems.add(unknown(name));
                return null;
            }
            return new Resolved(job, given, "built-in job", null, List.of());
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
                        .formatted(shown, preset.job(), Words.suggestion(preset.job(), builtIn())));
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
        return new Resolved(job, parameters, shown, preset.config(), trust.alarms(file, shown));
    }

    private String unknown(String name) {
        String suggestion = Words.suggestion(name, known());
        String jobs = "%s Jobs: %s".formatted(suggestion.isEmpty() ? "." : suggestion, String.join(", ", known()));
        return name.matches(FILE_NAME)
                ? "unknown job '%s'%s; looked for %s.yaml in %s"
                        .formatted(name, jobs, name, location.shown(location.places("jobs")))
                : "unknown job '%s'; a job's name has letters, digits, '.', '_' and '-' only%s".formatted(name, jobs);
    }

    /** A list of words speaks for itself, a pattern does not. */
    private static String expected(String value, String allowed, String help) {
        if (allowed.contains("[")) {
            return "must match %s (%s)".formatted(allowed, help);
        }
        List<String> words = List.of(allowed.split("\\|", -1));
        int last = words.size() - 1;
        String listed = String.join(", ", words.subList(0, last)) + " or " + words.get(last);
        return "must be " + listed + Words.suggestion(value, words);
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

    private static String everything(ParameterSpec spec) {
        return spec.name().equals("exclude") ? "leave it out to leave nothing out" : "'*' stands for everything";
    }

    private static List<String> builtIn() {
        return Arrays.stream(JobKind.values()).map(JobKind::jobName).toList();
    }

    private static void check(JobKind job, Map<String, String> parameters, List<String> problems) {
        List<String> names = job.parameters().stream().map(ParameterSpec::name).toList();
        parameters.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add("unknown parameter '%s' of job %s%s"
                        .formatted(name, job.jobName(), Words.suggestion(name, names))));
        for (ParameterSpec spec : job.parameters()) {
            String value = parameters.get(spec.name());
            if (value == null) {
                if (spec.required()) {
                    problems.add("job %s needs %s=".formatted(job.jobName(), spec.name()));
                }
                continue;
            }
            String allowed = spec.allowed();
            if (spec.namesNothing(value)) {
                problems.add("%s: '%s' names nothing; %s".formatted(spec.name(), value, everything(spec)));
            } else if (allowed != null && !value.matches(allowed)) {
                problems.add("%s: '%s' %s".formatted(spec.name(), value, expected(value, allowed, spec.help())));
            } else if (value.isEmpty() && !"".equals(spec.defaultValue())) {
                problems.add("%s: must not be empty".formatted(spec.name()));
            }
        }
    }
}
