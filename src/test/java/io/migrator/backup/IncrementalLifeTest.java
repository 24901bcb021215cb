package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.migrator.catalog.BackupSummary;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incremental backups as all other words and jobs meet them. */
class IncrementalLifeTest {
    @TempDir
    Path workDir;

    /** Earlier versions and milvus-backup look for these, and would import directories without files. */
    @Test
    void isNoBackupForWhoKnowsNoPool() throws IOException {
        SourceDouble source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        try (PooledGround ground = new PooledGround(source)) {
            source.collection("default", "c1");
            ground.backup("a");

            for (MetaFile file : MetaFile.values()) {
                assertThat(source.vault().find(ground.plain("a").meta(file)))
                        .as(file.fileName())
                        .isEmpty();
            }
            assertThat(source.keys("a/")).isNotEmpty().allMatch(key -> key.startsWith("a/migrator/"));
            assertThat(source.keys("migrator-pool/"))
                    .isNotEmpty()
                    .noneMatch(key -> key.matches("migrator-pool/(binlogs|meta|migrator|bundle)/.*"));
        }
    }

    @Test
    void isReadAndProvenAsItWasWritten() throws IOException {
        SourceDouble source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        try (PooledGround ground = new PooledGround(source)) {
            CollectionModel one = source.collection("default", "c1");
            source.milvus().filling().segment(one, "_default", Kind.PLAIN, SourceDouble.files(5, 2));
            source.milvus().filling().deletesEverywhere(one, SourceDouble.files(0, 1));
            ground.backup("a");
            source.segment(one, "_default", 7);
            ground.backup("b");

            assertThat(source.catalog().list())
                    .extracting(BackupSummary::name, BackupSummary::kind, BackupSummary::state)
                    .containsExactly(
                            tuple("a", BackupSummary.Kind.POOL, BackupSummary.State.COMPLETE),
                            tuple("b", BackupSummary.Kind.POOL, BackupSummary.State.COMPLETE));
            for (String name : List.of("a", "b")) {
                var backup = source.read(name);
                List<Long> ids = backup.collections().stream()
                        .map(CollectionInfo::collectionId)
                        .toList();
                assertThat(source.catalog().checkFiles(name, backup, ids).findings())
                        .isEmpty();
                RunOutcome proof = source.run(JobKind.VERIFY, "name=" + name);
                assertThat(proof.failure()).as(proof.message()).isNull();
                RunOutcome export = source.run(JobKind.EXPORT, "name=" + name, "to=whole_" + name);
                assertThat(export.failure()).as(export.message()).isNull();
                RunOutcome proofOfIt = source.run(JobKind.VERIFY, "name=whole_" + name);
                assertThat(proofOfIt.failure()).as(proofOfIt.message()).isNull();
                assertThat(source.read("whole_" + name).size()).isEqualTo(backup.size());
            }
            RunOutcome expired = source.run(JobKind.EXPIRE, "keep-last=1", "name=a,b", "max-delete=1");
            assertThat(expired.failure()).as(expired.message()).isNull();
            assertThat(source.run(JobKind.VERIFY, "name=b").failure()).isNull();
        }
    }
}
