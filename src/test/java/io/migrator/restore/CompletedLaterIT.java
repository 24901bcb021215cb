package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partial backup that was completed by a collection without rows, which changes no byte of its binlogs. */
class CompletedLaterIT {
    @TempDir
    Path workDir;

    @Test
    void isAnotherBackupForARestore() {
        try (S3Lab store = S3Lab.lease(workDir.resolve("s3"));
                FakePair pair = new FakePair(store, workDir, "later", "2.5.10", "2.6.11", ImportSettings.FAST)) {
            RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
            CollectionModel empty = pair.source().filling().collection("default", TypedSchemas.small("empty"));
            String[] words = {"collection=coll,empty", "partition=p1", "name=b", "on-error=continue"};
            assertThat(pair.backUp(words).failure()).isEqualTo(Failure.PARTIAL);
            RunOutcome partial = pair.restore("name=b");
            assertThat(partial.failure()).as(partial.message()).isEqualTo(Failure.PARTIAL);
            pair.source().filling().partition(empty, "p1");
            RunOutcome completed = pair.backUp(words);
            assertThat(completed.failure()).as(completed.message()).isNull();

            RunOutcome again = pair.restore("name=b");

            assertThat(again.failure()).as(again.message()).isEqualTo(Failure.RESUME_REFUSED);
            assertThat(again.message()).contains("default.coll", "collection=default.empty");
            RunOutcome rest = pair.restore("name=b", "collection=empty");
            assertThat(rest.failure()).as(rest.message()).isNull();
            RunOutcome other = pair.restore("name=b", "suffix=_x");
            assertThat(other.failure()).as(other.message()).isNull();
        }
    }
}
