package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.Fill;
import io.migrator.lab.Rows;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.process.LabExtension;
import io.migrator.process.MigrationLab;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Collections with deletes, backed up and restored on real servers. */
@ExtendWith(LabExtension.class)
class RestoreDeletesIT {
    @TempDir
    static Path workDir;

    private static final String VAULT = "deletes-vault";
    private static final String ELSEWHERE = "deletes-elsewhere";

    private static MigrationLab lab;

    @BeforeAll
    static void backUp(MigrationLab ofThisJvm) {
        lab = ofThisJvm;
        lab.store().createBucket(VAULT);
        lab.store().createBucket(ELSEWHERE);
        lab.coll();
        lab.allTypes();
        lab.pk();
        Fill fill = new Fill(lab.clientA());
        fill.coll("gone", 40, 4);
        fill.delete("gone", "id in " + IntStream.range(0, 40).boxed().toList());
        fill.flush("gone");
        RunOutcome backup = run(
                JobKind.BACKUP,
                "bucket-a",
                Map.of("collection", "coll,all_types,pk,gone", "name", "b", "gc-pause", "off"));
        assertThat(backup.failure()).as(backup.message()).isNull();
    }

    @Test
    void holdsTheRowsOfEveryPartitionAgainstItsDeletes() {
        RunOutcome restore = run(JobKind.RESTORE, "bucket-a", Map.of("name", "b", "suffix", "_bak"));

        assertThat(restore.failure()).as(restore.message()).isNull();
        RunReport.Table table = restore.report().tables().stream()
                .filter(candidate -> candidate.title().equals("Restored"))
                .findFirst()
                .orElseThrow();
        assertThat(table.header())
                .containsExactly(
                        "collection",
                        "partition",
                        "rows in backup",
                        "delete entries",
                        "deleted",
                        "imported",
                        "in Milvus",
                        "equal");
        assertThat(table.rows())
                .contains(
                        List.of("default.coll_bak", "_default", "3000", "3", "3", "2997", "2997", "yes"),
                        List.of("default.coll_bak", "p1", "3000", "3", "3", "2997", "2997", "yes"),
                        List.of("default.all_types_bak", "p1", "100", "1", "1", "99", "99", "yes"))
                .allSatisfy(row -> assertThat(row.get(7)).isEqualTo("yes"));
        assertThat((List<?>) restore.report().facts().get("partitions"))
                .extracting("partition", "rows_in_backup", "delete_entries", "rows_imported", "rows_in_milvus")
                .contains(Tuple.tuple("_default", 3000L, 3L, 2997L, 2997L));
        new Fill(lab.clientA()).load("pk_bak");
        requireFoundByKeys("pk_bak");
    }

    /** Counts are right as well where rows lie in partitions in which Milvus does not look for their keys. */
    @Test
    void addsRowsWhereTheirKeysAreLookedFor() {
        Fill fill = new Fill(lab.clientA());
        fill.emptyPk("pk_four", 4);
        fill.emptyPk("pk_seven", 7);
        Map<String, String> pk = Map.of("name", "b", "collection", "pk", "create", "no", "load", "yes");

        RunOutcome refused = run(JobKind.RESTORE, "bucket-a", with(pk, "rename", "pk:pk_seven"));
        RunOutcome added = run(JobKind.RESTORE, "bucket-a", with(pk, "rename", "pk:pk_four"));

        assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.CONFLICT);
        assertThat(added.failure()).as(added.message()).isNull();
        requireFoundByKeys("pk_four");
    }

    private static void requireFoundByKeys(String copy) {
        Rows rows = new Rows(lab.clientA());
        for (int tenant = 0; tenant < 9; tenant++) {
            String expression = "tenant == \"t" + tenant + "\"";
            List<Map<String, Object>> found = rows.where(copy, expression);
            assertThat(found).as(copy + " " + expression).isEqualTo(rows.where("pk", expression));
            assertThat(found).hasSizeBetween(13, 14);
        }
        for (Map<String, Object> row : rows.all("pk").subList(0, 10)) {
            String expression = "id == " + row.get("id");
            assertThat(rows.where(copy, expression)).as(copy).containsExactly(row);
            assertThat(rows.where(copy, expression + " and tenant == \"" + row.get("tenant") + "\""))
                    .as(copy)
                    .containsExactly(row);
        }
    }

    private static Map<String, String> with(Map<String, String> parameters, String... more) {
        Map<String, String> all = new HashMap<>(parameters);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    @Test
    void noticesThatMilvusReadsAnotherBucket() {
        RunOutcome restore =
                run(JobKind.RESTORE, ELSEWHERE, Map.of("name", "b", "collection", "coll", "suffix", "_elsewhere"));

        assertThat(restore.failure()).isEqualTo(Failure.CORRUPT);
        assertThat(restore.message())
                .contains(
                        "coll_elsewhere",
                        "partition p1",
                        "brought 0 rows, the backup has 3000 rows and 3 delete entries",
                        "Set minio.bucketName to the bucket that this Milvus reads");
    }

    private static RunOutcome run(JobKind job, String milvusBucket, Map<String, String> parameters) {
        MigratorConfig config = new MigratorConfig(
                lab.a().config("root", MigrationLab.PASSWORD),
                lab.store().storage(Side.MILVUS, milvusBucket, "files"),
                lab.store().storage(Side.VAULT, VAULT, "backups"),
                new BackupConfig(8, 1, 1, 1, 1, false, false, "", 256, ""),
                new LogConfig("error", false, "", 1, 1, 1));
        return new Launcher(
                        new JobRequest(job, parameters, config, workDir.resolve("state")),
                        Progress.NONE,
                        new Termination())
                .run();
    }
}
