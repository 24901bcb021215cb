package io.migrator.restore.collections;

import io.migrator.batch.JobContext;
import io.migrator.failure.Counted;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.format.meta.KeyValue;
import io.migrator.format.meta.RbacInfo;
import io.migrator.milvus.MilvusTarget;
import io.migrator.report.RunReport;
import io.migrator.restore.preflight.Chosen;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.Restored;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes what collections need around them: databases with their properties, and users and roles where asked for. */
public final class TargetSetup {
    private final JobContext context;
    private final MilvusTarget target;
    private final Failures failures;

    public TargetSetup(JobContext context, MilvusTarget target, Failures failures) {
        this.context = context;
        this.target = target;
        this.failures = failures;
    }

    /** The databases that the target lacks, with the properties of those they were in the backup. */
    public Map<String, List<KeyValue>> missingDatabases(Chosen chosen) {
        Map<String, List<KeyValue>> properties = new LinkedHashMap<>();
        for (DatabaseInfo database : chosen.backup().databases()) {
            properties.put(database.name(), database.properties());
        }
        Set<String> there = new HashSet<>(target.databases());
        Map<String, List<KeyValue>> missing = new LinkedHashMap<>();
        chosen.databases().forEach((name, database) -> missing.putIfAbsent(name, database.properties()));
        for (Restored item : failures.without(chosen.items())) {
            missing.putIfAbsent(
                    item.target().database(),
                    Objects.requireNonNullElse(properties.get(item.source().database()), List.of()));
        }
        missing.keySet().removeAll(there);
        return missing;
    }

    /** A database that cannot be made fails the collections that go into it. */
    public void createDatabases(Map<String, List<KeyValue>> missing, List<Restored> items) {
        missing.forEach((name, properties) -> {
            if (!properties.isEmpty() && !target.version().atLeast(2, 4, 3)) {
                context.progress()
                        .note("database %s is created without its %s: Milvus has none before 2.4.3"
                                .formatted(name, Counted.of(properties.size(), "property", "properties")));
            }
            try {
                target.createDatabase(name, properties);
            } catch (MigratorException e) {
                List<Restored> inside = items.stream()
                        .filter(item -> item.target().database().equals(name))
                        .toList();
                inside.forEach(item -> failures.add(item, e));
                if (inside.isEmpty()) {
                    failures.addDatabase(name, e);
                }
            }
        });
    }

    /** Says what the target lacks of the backup's users, roles, grants and groups, and adds it. */
    public void addRbac(BackupInfo backup) {
        RbacDifference difference = rbacDifference(backup);
        show(difference);
        if (!difference.missing().equals(RbacDifference.NOTHING)) {
            target.addRbac(difference.missing());
        }
        difference.missingRoles().forEach((user, roles) -> roles.forEach(role -> target.giveRole(user, role)));
    }

    private RbacDifference rbacDifference(BackupInfo backup) {
        RbacInfo wanted = backup.rbac();
        if (wanted == null) {
            context.progress().note("the backup has no users and roles: it was made without rbac=yes");
            return RbacDifference.none();
        }
        return RbacDifference.between(wanted, target.rbac());
    }

    private void show(RbacDifference difference) {
        List<List<String>> rows = difference.lines();
        context.report().fact("rbac_added", rows.size());
        if (rows.isEmpty()) {
            context.progress().note("users and roles: nothing is missing");
            return;
        }
        rows.forEach(row -> context.progress().note("missing %s %s %s".formatted(row.toArray())));
        context.report().table(new RunReport.Table("Users and roles", List.of("what", "name", "detail"), rows));
    }

    /** Puts the difference into the report without adding anything. */
    public void previewRbac(BackupInfo backup) {
        show(rbacDifference(backup));
    }
}
