package io.migrator.cli.command;

import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.BackupSummary.Worker;
import io.migrator.cli.output.Amounts;
import io.migrator.format.own.RunRecord;
import io.migrator.record.Proofs;
import io.migrator.record.Proofs.Proof;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the list: a backup, and what is known of it besides.
 *
 * @param proof the newest that came to a result, on this machine; null where there is none
 */
record ListedBackup(BackupSummary backup, @Nullable Proof proof) {
    /** By the time of making, the newest last; those of which none is known first. */
    static final Comparator<ListedBackup> BY_TIME = Comparator.<ListedBackup, Instant>comparing(
                    one -> one.time() == null ? Instant.MIN : one.time())
            .thenComparing(one -> one.backup().name());

    static ListedBackup of(BackupSummary backup, Proofs proofs) {
        Instant made = backup.created();
        return new ListedBackup(
                backup,
                proofs.of(backup.name(), made == null ? Instant.MIN : made, backup.kind() == BackupSummary.Kind.POOL)
                        .orElse(null));
    }

    /** When it was made, or its making began. */
    @Nullable
    Instant time() {
        return backup.created() != null
                ? backup.created()
                : backup.marker() == null ? null : backup.marker().startedAt();
    }

    String made() {
        Instant time = time();
        return time == null ? "-" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    String age(Instant now) {
        Instant time = time();
        return time == null ? "-" : Amounts.age(Duration.between(time, now));
    }

    String took() {
        RunRecord run = backup.run();
        return run == null ? "-" : Amounts.duration(Duration.between(run.startedAt(), run.finishedAt()));
    }

    String rows() {
        return backup.run() == null ? "-" : Amounts.count(backup.run().rows());
    }

    /** The one that can be restored is quiet, the others are loud. */
    String state() {
        Worker worker = backup.worker();
        if (backup.state() == State.INCOMPLETE) {
            if (worker == null && !backup.madeBy().equals("milvus-backup")) {
                return "INTERRUPTED";
            }
            // Whether another program is still at work cannot be seen.
            return worker != null && worker.known() ? "RUNNING" : "INCOMPLETE";
        }
        return backup.state() == State.COMPLETE ? "complete" : backup.state().name();
    }

    String proved() {
        if (proof == null) {
            return "-";
        }
        String when = proof.at().truncatedTo(ChronoUnit.SECONDS).toString();
        return proof.damaged()
                ? "DAMAGED %s (%s)".formatted(when, proof.mode())
                : "%s (%s)".formatted(when, proof.mode());
    }

    /** Of the last column. */
    String remark() {
        Worker worker = backup.worker();
        String running = worker == null
                ? ""
                : !worker.known()
                        ? "whether a run is at work on it is unknown: its lease may not be read"
                        : "%s running on %s (pid %d) since %s"
                                .formatted(
                                        worker.job(),
                                        worker.host(),
                                        worker.pid(),
                                        worker.since().truncatedTo(ChronoUnit.SECONDS));
        String said = BackupLabels.remark(backup);
        return running.isEmpty() || said.isEmpty() ? running + said : running + "; " + said;
    }

    /** What JSON has of it besides. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        RunRecord run = backup.run();
        if (run != null) {
            facts.put("rows", run.rows());
            facts.put(
                    "seconds",
                    Duration.between(run.startedAt(), run.finishedAt()).toMillis() / 1000.0);
        }
        Worker worker = backup.worker();
        boolean known = worker == null || worker.known();
        if (backup.state() == State.INCOMPLETE && known) {
            facts.put("running", worker != null);
        }
        if (worker != null && known) {
            Map<String, Object> who = new LinkedHashMap<>();
            who.put("job", worker.job());
            who.put("host", worker.host());
            who.put("pid", worker.pid());
            who.put("since", worker.since().toString());
            facts.put("worker", who);
        }
        if (proof != null) {
            Map<String, Object> last = new LinkedHashMap<>();
            last.put("at", proof.at().toString());
            last.put("mode", proof.mode());
            last.put("damaged", proof.damaged());
            facts.put("last_proof", last);
        }
        return facts;
    }
}
