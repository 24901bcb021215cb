package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.Catalog;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.fake.rpc.Fault;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code resume=} makes of a restore that did not end. */
class RestoreResumeIT {
    private static final String CREATE = "/v2/vectordb/jobs/import/create";

    @TempDir
    static Path workDir;

    private static S3Lab store;

    @BeforeAll
    static void start() {
        store = S3Lab.lease(workDir.resolve("s3"));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    private static FakePair pair(String name) {
        FakePair pair = new FakePair(store, workDir, name, "2.5.10", "2.6.11", ImportSettings.FAST);
        RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
        assertThat(pair.backUp("collection=coll", "name=b").failure()).isNull();
        return pair;
    }

    private static void interrupted(FakePair pair, String... words) {
        pair.target().faults().next(CREATE, new Fault.DropAfter());
        RunOutcome broken = pair.restore(words);
        assertThat(broken.failure()).as(broken.message()).isEqualTo(Failure.UNREACHABLE);
    }

    @Test
    void beginsAnewOnceItsCollectionsMayBeDropped() {
        try (FakePair pair = pair("anew")) {
            interrupted(pair, "name=b");

            RunOutcome kept = pair.restore("name=b", "resume=restart");
            RunOutcome anew = pair.restore("name=b", "resume=restart", "drop-existing-collection=yes");

            assertThat(kept.failure()).as(kept.message()).isEqualTo(Failure.CONFLICT);
            assertThat(anew.failure()).as(anew.message()).isNull();
            assertThat(pair.targetRows("default", "coll")).isEqualTo(pair.sourceRows("coll"));
            assertThat(pair.restore("name=b", "resume=restart").message()).contains("already complete");
        }
    }

    @Test
    void neverBringsRowsTwiceIntoACollectionThatWasThere() {
        try (FakePair pair = pair("among")) {
            assertThat(pair.restore("name=b").failure()).isNull();
            interrupted(pair, "name=b", "create=no", "append=yes");

            RunOutcome anew = pair.restore("name=b", "create=no", "append=yes", "resume=restart");
            RunOutcome rest = pair.restore("name=b", "create=no");

            assertThat(anew.failure()).as(anew.message()).isEqualTo(Failure.RESUME_REFUSED);
            assertThat(anew.message()).contains("would bring rows twice");
            assertThat(rest.failure()).as(rest.message()).isNull();
            assertThat(pair.targetRows("default", "coll").rows())
                    .isEqualTo(2 * pair.sourceRows("coll").rows());
        }
    }

    @Test
    void saysTheWaysOutWhereTheBackupWasReplaced() {
        try (FakePair pair = pair("replaced")) {
            interrupted(pair, "name=b");
            try (ObjectStore vault = Stores.open(store.storage(Side.VAULT, "replaced-b", "vault"))) {
                new Catalog(vault, "vault").delete("b");
            }
            assertThat(pair.backUp("collection=coll", "name=b").failure()).isNull();

            for (String resume : List.of("auto", "force")) {
                RunOutcome refused = pair.restore("name=b", "resume=" + resume);

                assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.RESUME_REFUSED);
                assertThat(refused.message()).contains("replaced by another", "resume=restart ", "resume=force ");
            }
        }
    }
}
