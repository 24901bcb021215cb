package io.migrator.cli.job;

import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.ParameterSpec;
import java.util.List;
import java.util.Map;

/** Holds the parameters of a job against what it takes. */
public final class ParameterCheck {
    private ParameterCheck() {}

    /** @param problems where unknown names, missing and unusable values are added */
    public static void check(JobKind job, Map<String, String> parameters, List<String> problems) {
        List<String> names = job.parameters().stream().map(ParameterSpec::name).toList();
        parameters.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add("unknown parameter '%s' of job %s%s"
                        .formatted(name, job.jobName(), Suggestion.of(name, names))));
        for (ParameterSpec spec : job.parameters()) {
            String value = parameters.get(spec.name());
            if (value != null) {
                check(spec, value, problems);
            } else if (spec.required()) {
                problems.add("job %s needs %s=".formatted(job.jobName(), spec.name()));
            }
        }
    }

    private static void check(ParameterSpec spec, String value, List<String> problems) {
        String allowed = spec.allowed();
        if (spec.namesNothing(value)) {
            problems.add("%s: '%s' names nothing; %s".formatted(spec.name(), value, everything(spec)));
        } else if (allowed != null && !value.matches(allowed)) {
            problems.add("%s: '%s' %s".formatted(spec.name(), value, expected(value, allowed, spec.help())));
        } else if (value.isEmpty() && !"".equals(spec.defaultValue())) {
            problems.add("%s: must not be empty".formatted(spec.name()));
        }
    }

    private static String everything(ParameterSpec spec) {
        return spec.name().equals("exclude") ? "leave it out to leave nothing out" : "'*' stands for everything";
    }

    /** A list of words speaks for itself, a pattern does not. */
    private static String expected(String value, String allowed, String help) {
        if (allowed.contains("[")) {
            return "must match %s (%s)".formatted(allowed, help);
        }
        List<String> words = List.of(allowed.split("\\|", -1));
        int last = words.size() - 1;
        String listed = String.join(", ", words.subList(0, last)) + " or " + words.get(last);
        return "must be " + listed + Suggestion.of(value, words);
    }
}
