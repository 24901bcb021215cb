package io.migrator.cli;

import io.migrator.config.Setting;
import io.migrator.launch.ParameterSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what a job would run with. */
final class DryRun {
    private final Output output;

    DryRun(Output output) {
        this.output = output;
    }

    int show(String name, JobWords.Resolved job, Path stateDir, List<Setting> settings) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<List<String>> rows = new ArrayList<>();
        for (ParameterSpec spec : job.job().parameters()) {
            String given = job.parameters().get(spec.name());
            String standard = spec.defaultValue();
            if (given != null || standard != null) {
                String value = given != null ? given : String.valueOf(standard);
                parameters.put(spec.name(), value);
                rows.add(List.of(spec.name(), value, given != null ? "given" : "default"));
            }
        }
        output.text(List.of(
                "job           %s (%s)".formatted(job.job().jobName(), job.source()), "state folder  " + stateDir, ""));
        output.text(TextTable.lines(List.of("PARAMETER", "VALUE", "SOURCE"), rows));
        output.text(List.of(""));
        output.text(SettingsTable.lines(settings));
        output.text(List.of(""));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("dry_run", true);
        facts.put("kind", job.job().jobName());
        facts.put("job_source", job.source());
        facts.put("state_dir", stateDir.toString());
        facts.put("parameters", parameters);
        facts.put("settings", SettingsTable.facts(settings));
        return output.done(name, "dry run: nothing was started", facts);
    }
}
