package io.migrator.cli.command;

import io.migrator.cli.output.Output;
import io.migrator.cli.output.SettingsTable;
import io.migrator.cli.output.TextTable;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.request.ParameterSpec;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Shows what a job would run with and what it would do. Milvus and both buckets are read, nothing is written. */
final class DryRun {
    private final Output output;
    private final BiFunction<JobRequest, Progress, RunOutcome> jobs;

    DryRun(Output output, BiFunction<JobRequest, Progress, RunOutcome> jobs) {
        this.output = output;
        this.jobs = jobs;
    }

    /** @param source where the job comes from */
    int show(String name, JobRequest request, String source, ResolvedConfig config) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<List<String>> rows = new ArrayList<>();
        for (ParameterSpec spec : request.job().parameters()) {
            String given = request.parameters().get(spec.name());
            String standard = spec.defaultValue();
            if (given != null || standard != null) {
                String value = given != null ? given : String.valueOf(standard);
                parameters.put(spec.name(), value);
                rows.add(List.of(spec.name(), value, given != null ? "given" : "default"));
            }
        }
        output.text(List.of(
                "job           %s (%s)".formatted(request.job().jobName(), source),
                request.config().repository().given()
                        ? "state         " + request.config().repository().display()
                        : "state folder  " + request.stateDir(),
                ""));
        output.text(TextTable.lines(List.of("PARAMETER", "VALUE", "SOURCE"), rows));
        output.text(List.of(""));
        output.text(SettingsTable.lines(config.settings()));
        RunOutcome outcome = jobs.apply(request, Progress.NONE);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("dry_run", true);
        facts.put("kind", request.job().jobName());
        facts.put("job_source", source);
        facts.put("state_dir", request.stateDir().toString());
        facts.put("parameters", parameters);
        facts.put("settings", SettingsTable.facts(config.settings()));
        List<RunReport.Table> tables = outcome.report().tables();
        facts.put("plan", tables.stream().map(DryRun::facts).toList());
        outcome.report().facts().forEach(facts::putIfAbsent);
        String message = outcome.failure() != null
                ? outcome.message()
                : "dry run: nothing was started, and nothing written"
                        + (outcome.message().isEmpty() ? "" : "; " + outcome.message());
        return output.end(name, outcome.failure(), message, facts, tables, outcome.cause());
    }

    private static Map<String, Object> facts(RunReport.Table table) {
        return RunReport.parts("title", table.title(), "header", table.header(), "rows", table.rows());
    }
}
