package io.migrator.cli.command;

import static io.migrator.cli.line.Option.flag;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.Words;
import io.migrator.cli.output.Amounts;
import io.migrator.cli.output.Output;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import io.migrator.retention.sweep.ReclaimingDeletion;
import io.migrator.retention.sweep.ReclaimingDeletion.Deleted;
import io.migrator.retention.sweep.Swept;
import io.migrator.store.ObjectStore;
import java.util.List;
import java.util.Map;

/** The word {@code delete}: deletes a backup that nobody is making, complete or not. */
final class DeleteCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            CommonOptions.NAME,
            flag("--force", "also one that is held"),
            flag("--no-reclaim", "leave what nobody needs any more in the pool to the next delete or expire"));

    @Override
    public String word() {
        return "delete";
    }

    @Override
    public String purpose() {
        return "delete a backup: BACKUP [--force] [--no-reclaim]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public String operand() {
        return "BACKUP";
    }

    @Override
    public int run(Run run) {
        Words words = run.words();
        boolean force = words.given("--force");
        boolean reclaim = !words.given("--no-reclaim");
        String name = String.valueOf(words.backup());
        return VaultAccess.recorded(
                run,
                name,
                Map.of("name", name, "force", force ? "yes" : "no", "reclaim", reclaim ? "yes" : "no"),
                vault -> delete(name, force, reclaim, vault, run.output()));
    }

    private static RunOutcome delete(String name, boolean force, boolean reclaim, ObjectStore vault, Output output) {
        Deleted deleted =
                new ReclaimingDeletion(vault, line -> output.warn(List.of(line))).delete(name, force, reclaim);
        String told = "deleted backup '%s': %s %s"
                .formatted(name, Amounts.count(deleted.objects()), deleted.objects() == 1 ? "object" : "objects");
        if (deleted.notSwept() != null && deleted.notSwept().failure() == Failure.LOCKED) {
            // Whoever has the right to the pool, or the next to sweep, takes what this one left.
            output.warn(List.of("nothing was swept: " + deleted.notSwept().getMessage()));
        } else if (deleted.notSwept() != null) {
            output.warn(List.of(told));
            throw deleted.notSwept();
        }
        RunReport report = new RunReport();
        report.fact("objects_deleted", deleted.objects());
        Swept swept = deleted.swept();
        if (swept == null) {
            return new RunOutcome(null, told, report, null);
        }
        report.fact("freed_bytes", swept.freed().bytes());
        report.fact("pool_bytes", swept.pool().bytes());
        report.fact("orphan_bytes", swept.spared().bytes());
        if (swept.strange() > 0) {
            output.warn(List.of(swept.toldOfStrangers()));
        }
        return new RunOutcome(null, told + "; " + swept.told(), report, null);
    }
}
