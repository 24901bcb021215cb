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
 * @param label what a scheduler calls the run; empty where it calls it nothing
 */
public record JobContext(
        Map<String, String> parameters,
        Set<String> given,
        String name,
        String identity,
        MigratorConfig config,
        Transactions transactions,
        Progress progress,
        RunReport report,
        String label) {
    /** The same work, seen from another backup in the vault of another configuration. */
    public JobContext of(String backup, MigratorConfig other) {
        return new JobContext(parameters, given, backup, identity, other, transactions, progress, report, label);
    }

    /** Value of a parameter; empty where it was not given and has no default. */
    public String parameter(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    /** Value of a parameter that has a default. */
    public int number(String parameter) {
        return Integer.parseInt(parameter(parameter));
    }

    /** Objects that are copied or read at once. */
    public int inFlight() {
        String asked = parameter("in-flight");
        return asked.isEmpty() ? config.backup().copyInFlight() : Integer.parseInt(asked);
    }
}
