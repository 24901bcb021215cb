package io.migrator.restore.preflight;

import io.migrator.batch.JobContext;
import io.migrator.catalog.Finding;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.report.RunReport;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.Restored;
import io.migrator.verify.seal.SealCheck;
import io.migrator.verify.seal.SealOrigin;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Before a restore believes what describes the backup: whether it is what was sealed. One letter of it decides which
 * collection is made, and what of its rows counts.
 */
public final class SealGate {
    private static final int SHOWN = 5;
    private static final String BRING_BACK =
            "Nothing was changed in Milvus. Bring the objects back from a copy of the vault";

    private final JobContext context;
    private final RestoreOptions options;
    private final VaultLayout layout;
    private final Failures failures;
    private final SealCheck check;

    public SealGate(
            JobContext context, RestoreOptions options, VaultLayout layout, Failures failures, SealCheck check) {
        this.context = context;
        this.options = options;
        this.layout = layout;
        this.failures = failures;
        this.check = check;
    }

    /**
     * CORRUPT where a file that the restore reads is not what it was, or the seal was made without the user's key; tells of
     * files that the restore does not read.
     *
     * @param held the name that the backup's meta holds
     */
    public void requireBackup(String held) {
        SealOrigin origin = check.origin(held);
        if (origin.refused()) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "restore",
                    context.name(),
                    origin.cause(),
                    "Nothing was changed in Milvus. " + origin.advice());
        }
        origin.tell(context);
        SealFindings sealed =
                SealFindings.of(layout, check.ofBackup(), options.metaOnly(), origin == SealOrigin.PROVEN);
        if (!sealed.needed().isEmpty()) {
            throw damaged(context.name(), sealed.needed());
        }
        if (!sealed.spare().isEmpty()) {
            tell(sealed.spare());
        }
    }

    private void tell(List<Finding> spare) {
        boolean sealDamaged = spare.stream().anyMatch(finding -> finding.key().equals(layout.seal()));
        String effect = sealDamaged
                ? "what describes the backup cannot be held against its checksums: "
                : "damaged, but this restore does not need it: ";
        spare.forEach(finding -> context.progress().note(effect + finding.told()));
        context.report()
                .fact("damage_not_needed", spare.stream().map(Finding::told).toList());
        context.report()
                .table(new RunReport.Table(
                        "Damaged, but not needed",
                        List.of("object", "what"),
                        spare.stream()
                                .map(finding -> List.of(finding.key(), finding.detail()))
                                .toList()));
    }

    /** The same for the schemas of these collections; one that is not what it was is a fault of its collection. */
    public void requireSchemas(List<Restored> items) {
        Map<Long, Restored> chosen =
                items.stream().collect(Collectors.toMap(item -> item.source().collectionId(), Function.identity()));
        for (Finding finding : check.ofSchemas(chosen.keySet()).findings()) {
            Restored item = chosen.get(finding.collectionId());
            if (item != null) {
                failures.attempt(item, () -> {
                    throw damaged(item.source().qualifiedName(), List.of(finding));
                });
            }
        }
    }

    private MigratorException damaged(String thing, List<Finding> findings) {
        boolean onlyOurs = findings.stream().allMatch(finding -> finding.key().startsWith(layout.ownDir()));
        String first = findings.stream().limit(SHOWN).map(Finding::told).collect(Collectors.joining("; "));
        return MigratorException.unable(
                Failure.CORRUPT,
                "restore",
                thing,
                "%s: %s"
                        .formatted(
                                Counted.of(
                                        findings.size(),
                                        "file that describes it is not what it was",
                                        "files that describe it are not what they were"),
                                first),
                onlyOurs && !layout.isPooled() && context.config().seal().key().isEmpty()
                        ? BRING_BACK
                                + "; or move %s away, then the backup is read like one of milvus-backup: without its"
                                        .formatted(layout.ownDir())
                                + " checksums, its moment and what only schemas tell."
                        : BRING_BACK + ", or use another backup.");
    }
}
