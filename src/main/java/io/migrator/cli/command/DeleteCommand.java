package io.migrator.cli.command;

import static io.migrator.cli.line.Option.flag;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.output.Amounts;
import io.migrator.cli.output.Output;
import io.migrator.retention.hold.GuardedDeletion;
import io.migrator.store.ObjectStore;
import java.util.List;
import java.util.Map;

/** The word {@code delete}: deletes a backup that nobody is making, complete or not. */
final class DeleteCommand implements Command {
    private static final List<Option> OPTIONS = List.of(CommonOptions.NAME, flag("--force", "also one that is held"));

    @Override
    public String word() {
        return "delete";
    }

    @Override
    public String purpose() {
        return "delete a backup: BACKUP [--force]";
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
        return VaultAccess.run(
                run,
                (catalog, vault) -> delete(
                        String.valueOf(run.words().backup()), run.words().given("--force"), vault, run.output()));
    }

    private static int delete(String name, boolean force, ObjectStore vault, Output output) {
        long objects = new GuardedDeletion(vault, line -> output.warn(List.of(line)))
                .delete(name, "delete", force, GuardedDeletion.LastLook.NONE);
        return output.done(
                "delete",
                "deleted backup '%s': %s %s"
                        .formatted(name, Amounts.count(objects), objects == 1 ? "object" : "objects"),
                Map.of("objects_deleted", objects));
    }
}
