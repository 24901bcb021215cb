package io.migrator.batch;

import io.migrator.config.MigratorConfig;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import java.util.Map;
import java.util.Set;

/**
 * What a job is given to work with.
 *
 * @param parameters all parameters of the job, defaults filled in where there is one
 * @param given names of those that were asked for
 * @param name name of the backup
 * @param identity digest that is equal for equal work on every machine
 * @param transactions the job database
 */
public record JobContext(
        Map<String, String> parameters,
        Set<String> given,
        String name,
        String identity,
        MigratorConfig config,
        Transactions transactions,
        Progress progress,
        RunReport report) {
    /** Value of a parameter; empty where it was not given and has no default. */
    public String parameter(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    public int number(String parameter, int otherwise) {
        String value = parameter(parameter);
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }
}
