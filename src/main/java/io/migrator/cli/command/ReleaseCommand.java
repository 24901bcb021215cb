package io.migrator.cli.command;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.output.Output;
import io.migrator.report.RunReport;
import io.migrator.retention.hold.BackupHolds;
import io.migrator.store.ObjectStore;
import java.util.List;

/** The word {@code release}: lets a backup go that was held. */
final class ReleaseCommand implements Command {
    @Override
    public String word() {
        return "release";
    }

    @Override
    public String purpose() {
        return "let a backup go that was held: BACKUP";
    }

    @Override
    public List<Option> options() {
        return List.of(CommonOptions.NAME);
    }

    @Override
    public String operand() {
        return "BACKUP";
    }

    @Override
    public int run(Run run) {
        return VaultAccess.run(
                run, (catalog, vault) -> release(String.valueOf(run.words().backup()), vault, run.output()));
    }

    private static int release(String name, ObjectStore vault, Output output) {
        boolean released = new BackupHolds(vault, line -> output.warn(List.of(line))).release(name);
        return output.done(
                "release",
                released ? "backup '%s' is held no more".formatted(name) : "backup '%s' was not held".formatted(name),
                RunReport.parts("backup", name, "released", released));
    }
}
