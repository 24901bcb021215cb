package io.migrator.retention;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import io.migrator.failure.Counted;
import io.migrator.lease.DeletersLease;
import io.migrator.report.Stage;
import io.migrator.retention.hold.VaultClock;
import io.migrator.retention.rules.Candidate;
import io.migrator.retention.rules.Judge;
import io.migrator.retention.rules.LastCopies;
import io.migrator.retention.rules.Valve;
import io.migrator.retention.rules.Verdict;
import io.migrator.retention.sweep.PoolHoldings;
import io.migrator.retention.sweep.Swept;
import io.migrator.store.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each step of an expire does. Decisions are made once, and hold until they are all carried out. */
final class ExpireSteps {
    private static final String POLICY = "expire_policy";
    private static final String DECIDED_AT = "expire_decided_at";
    private static final String LAST_COPIES = "expire_last_copies";
    private static final String NOT_JUDGED = "expire_not_judged";
    /** Told all, but could not sweep: the next command judges anew, or what is damaged would stop it every night. */
    private static final String TOLD = "expire_told";

    private final JobContext context;
    private final ObjectStore vault;
    private final ExpireOptions options;
    private final ExpireReport report;
    private final ExpireTables tables;
    private final RunFacts facts;
    private final Removal removal;
    private final ExpireSweep sweep;
    private @Nullable VaultClock clock;

    /** @param deleters taken when it is first needed */
    ExpireSteps(
            JobContext context,
            ObjectStore vault,
            ExpireOptions options,
            ExpireReport report,
            DeletersLease deleters,
            BooleanSupplier stop) {
        this.context = context;
        this.vault = vault;
        this.options = options;
        this.report = report;
        this.tables = new ExpireTables(context.transactions());
        this.facts = new RunFacts(context.transactions());
        this.removal = new Removal(vault, tables, deleters, () -> clock().now(), context.progress()::note);
        this.sweep = new ExpireSweep(context, vault, options, facts, deleters, stop);
    }

    /** Looks at the vault and its clock. */
    void preflight() {
        context.progress().stage("preflight");
        tables.prepare();
        vault.requireReachable();
        VaultClock looked = VaultClock.of(context.config().vault());
        looked.requireTold(context.config().vault());
        looked.requireAgreed(context.config().vault());
        clock = looked;
        sweep.look();
        context.progress()
                .note("vault %s, %s%s, days in %s"
                        .formatted(
                                context.config().vault().display(),
                                looked.now(),
                                looked.told() ? " by its clock" : " by the clock of this host",
                                options.policy().zone()));
        context.progress().begun();
    }

    private VaultClock clock() {
        return Objects.requireNonNull(clock, "preflight looks at it");
    }

    /** Decides, unless the same command did and was interrupted. */
    void judge() {
        context.progress().stage("judge");
        String known = facts.find(POLICY).orElse("");
        if (known.equals(options.text()) && facts.find(TOLD).isEmpty()) {
            context.progress()
                    .note("going on with what was decided at %s: %s still to go"
                            .formatted(
                                    facts.find(DECIDED_AT).orElse(""),
                                    Counted.of(tables.planned().size(), "backup is", "backups are")));
            // What may go at once is said anew each time.
            tables.remaining().forEach((title, verdicts) -> Valve.require(title, verdicts, options.mostDeleted()));
            return;
        }
        decide();
    }

    private void decide() {
        // A backup whose list of units cannot be read is good for nothing: no other one may go for its sake.
        PoolHoldings holdings = sweep.holdings();
        List<Candidate> judged = new ArrayList<>();
        List<Candidate> others = new ArrayList<>();
        for (Candidate one : new Candidates(vault, clock().now(), backup -> sweep.damaged(backup, holdings))
                .all(options.choice().madeByAny())) {
            (options.choice().takes(one) ? judged : others).add(one);
        }
        Judge judge = new Judge(options.policy(), clock().now());
        Map<String, List<Verdict>> groups = new LinkedHashMap<>();
        options.grouping().of(judged).forEach((title, group) -> groups.put(title, judge.of(group)));
        Set<String> lastCopies = LastCopies.of(groups.values().stream().flatMap(List::stream), others.stream());
        Map<String, List<Verdict>> decided = options.keepLastCopies() ? LastCopies.keep(groups, lastCopies) : groups;
        decided.forEach((title, verdicts) -> Valve.require(title, verdicts, options.mostDeleted()));
        context.transactions().promise(() -> {
            tables.freeze(decided, holdings);
            sweep.forget();
            facts.remove(TOLD);
            facts.put(DECIDED_AT, clock().now().toString());
            facts.put(LAST_COPIES, String.join("\n", options.keepLastCopies() ? Set.of() : lastCopies));
            facts.put(NOT_JUDGED, String.valueOf(others.size()));
            facts.put(POLICY, options.text());
        });
    }

    /** What is to go at the moment an execution begins. */
    List<Decision> planned() {
        List<Decision> planned = tables.planned();
        context.progress()
                .stage(new Stage(
                        "delete",
                        Stage.Unit.BACKUP,
                        0,
                        planned.size(),
                        0,
                        planned.stream().mapToLong(one -> one.backup().bytes()).sum()));
        return planned;
    }

    void remove(Decision decision) {
        removal.run(decision);
        context.progress().advance(1, decision.backup().bytes());
    }

    /** Once, after all deletions, also where there was none. */
    void sweep() {
        context.progress().stage("sweep");
        sweep.run(clock().now());
    }

    /** Tells what came of it. */
    void conclude() {
        tell(sweep.done(), false);
        if (sweep.refusal() != null) {
            facts.put(TOLD, "");
            throw sweep.refusal();
        }
    }

    /** What would go: every step but the deletions, in tables, or a copy of them, that are thrown away. */
    void preview() {
        preflight();
        judge();
        Set<String> going =
                tables.planned().stream().map(one -> one.backup().name()).collect(Collectors.toSet());
        tell(sweep.preview(clock().now(), name -> !going.contains(name)), true);
        if (sweep.refusal() != null) {
            throw sweep.refusal();
        }
    }

    private void tell(Swept swept, boolean preview) {
        List<String> lastCopies = Stream.of(facts.find(LAST_COPIES).orElse("").split("\n", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        int notJudged = Integer.parseInt(facts.find(NOT_JUDGED).orElse("0"));
        List<Decision> told =
                tables.all().stream().filter(one -> !preview || one.isThere()).toList();
        report.tell(
                told, lastCopies, notJudged, swept, clock(), options.policy().zone(), preview);
    }
}
