package io.migrator.cli.command;

import static io.migrator.cli.line.Option.flag;
import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.line.Words;
import java.util.List;

/** A word of milvus-backup that is known and not taken: says why, and what to do in its place. */
final class RefusedCommand implements Command {
    static final RefusedCommand SECONDARY = new RefusedCommand(
            "restore secondary",
            List.of(
                    CommonOptions.NAME,
                    option("--source_cluster_id", "ID", "refused"),
                    option("--target_cluster_id", "ID", "refused")),
            "migrator does not restore into the secondary of a replicating cluster. Use milvus-backup for that");
    static final RefusedCommand L0COMPACT = new RefusedCommand(
            "l0compact",
            List.of(CommonOptions.NAME, option("-o", "BACKUP", "refused"), flag("--force", "refused")),
            "migrator restores L0 segments as they are, so nothing has to be compacted. Run restore right away");
    static final RefusedCommand MIGRATE = new RefusedCommand(
            "migrate",
            List.of(CommonOptions.NAME, option("-c --cluster_id", "ID", "refused")),
            "migrator does not speak to Zilliz Cloud's own migration service. Restore into the cluster with"
                    + " milvus.token, or use milvus-backup");
    static final RefusedCommand SERVER = new RefusedCommand(
            "server",
            List.of(option("-p --port", "PORT", "refused")),
            "migrator has no REST service: a job is a process that a scheduler starts, repeats and watches by its exit"
                    + " code. See docs/schedulers.md");

    private final String word;
    private final List<Option> options;
    private final String refusal;

    private RefusedCommand(String word, List<Option> options, String refusal) {
        this.word = word;
        this.options = options;
        this.refusal = refusal;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String purpose() {
        return "";
    }

    @Override
    public List<Option> options() {
        return options;
    }

    @Override
    public String refusal() {
        return refusal;
    }

    @Override
    public void requireTaken(Words words) {
        throw words.refused("", refusal);
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        run.requireNone(problems);
        throw run.words().refused("", refusal);
    }
}
