package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.fake.rpc.Fault;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a restore fails alone ({@code on-error=continue}), and what the next run does about it. */
class RestoreIsolationIT {
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

    @Test
    void aCollectionOfWhichAFileIsMissingInTheVault() {
        try (FakePair pair = pair("missing");
                ObjectStore vault = Stores.open(store.storage(Side.VAULT, "iso-missing-b", "vault"))) {
            String files =
                    "vault/b/binlogs/insert_log/" + pair.sourceCollection("two").id() + "/";
            StoredObject lost = firstOf(vault, files);
            byte[] content = vault.read(lost.key(), 1 << 20);
            vault.delete(List.of(lost.key()));

            RunOutcome stopped = pair.restore("name=b");
            RunOutcome partial = pair.restore("name=b", "on-error=continue");

            assertThat(stopped.failure()).as(stopped.message()).isEqualTo(Failure.CORRUPT);
            requireMissing(partial, lost.key(), "default.two");
            requireSame(pair, "one", "three");
            assertThat(pair.target().model().collectionCount()).isEqualTo(2);
            requireMissing(pair.restore("name=b", "on-error=continue"), lost.key(), "default.two");
            assertThat(pair.importCalls()).as("nothing comes in twice").hasSize(4);

            vault.write(lost.key(), content);
            CollectionModel one = pair.targetCollection("default", "one");
            pair.target()
                    .filling()
                    .segment(one, "p1", Kind.PLAIN, new SegmentWriter(one.schema()).rows(SegmentRows.of(20, 1000, 3)));
            RunOutcome rest = pair.restore("name=b", "on-error=continue");

            assertThat(rest.failure()).as(rest.message()).isNull();
            requireSame(pair, "two", "three");
            assertThat(pair.targetRows("default", "one").rows())
                    .as("what was proven may be worked with")
                    .isEqualTo(20 + pair.sourceRows("one").rows());
            assertThat(pair.importCalls()).hasSize(6);
        }
    }

    @Test
    void aCollectionWhoseDatabaseCannotBeMade() {
        try (FakePair pair = pair("database")) {
            pair.target().faults().next("CreateDatabase", new Fault.Refuse(Refusal.unexpected("no more databases")));
            String[] words = {"name=b", "rename=two:elsewhere.two", "on-error=continue"};

            RunOutcome partial = pair.restore(words);

            requireMissing(partial, "no more databases", "default.two");
            requireSame(pair, "one", "three");
            RunOutcome rest = pair.restore(words);
            assertThat(rest.failure()).as(rest.message()).isNull();
            assertThat(pair.targetRows("elsewhere", "two")).isEqualTo(pair.sourceRows("two"));
        }
    }

    @Test
    void aCollectionOfWhichAStagedFileIsDamaged() {
        try (FakePair pair = pair("staged");
                ObjectStore bucket = Stores.open(store.storage(Side.MILVUS, "iso-staged-b", "files"))) {
            assertThat(pair.backUpElsewhere("collection=one,two,three", "name=e")
                            .failure())
                    .isNull();
            Fault[] refusals = new Fault[6];
            Arrays.fill(refusals, new Fault.Refuse(Refusal.unexpected("no binlog to import")));
            pair.target().faults().next(CREATE, refusals);
            requireMissing(
                    pair.restoreFromElsewhere("name=e", "on-error=continue"),
                    "no binlogs in its own bucket",
                    "default.one",
                    "default.two",
                    "default.three");
            long two = pair.sourceCollection("two").id();
            String staged;
            try (Stream<StoredObject> objects = bucket.list("migrator-staging/")) {
                staged = objects.map(StoredObject::key)
                        .filter(key -> key.contains("/insert_log/" + two + "/"))
                        .findFirst()
                        .orElseThrow();
            }
            bucket.write(staged, new byte[1]);

            RunOutcome partial = pair.restoreFromElsewhere("name=e", "on-error=continue");

            requireMissing(partial, staged, "default.two");
            requireSame(pair, "one", "three");
            RunOutcome rest = pair.restoreFromElsewhere("name=e", "on-error=continue");
            assertThat(rest.failure()).as(rest.message()).isNull();
            requireSame(pair, "one", "two", "three");
        }
    }

    private static StoredObject firstOf(ObjectStore store, String prefix) {
        try (Stream<StoredObject> objects = store.list(prefix)) {
            return objects.findFirst().orElseThrow();
        }
    }

    private static void requireMissing(RunOutcome outcome, String reason, String... collections) {
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.PARTIAL);
        List<?> missing = (List<?>) outcome.report().facts().get("missing");
        assertThat(missing).extracting("collection").containsExactlyInAnyOrder((Object[]) collections);
        assertThat(missing).allSatisfy(one -> assertThat(String.valueOf(((Map<?, ?>) one).get("reason")))
                .contains(reason));
    }

    private static void requireSame(FakePair pair, String... collections) {
        for (String name : collections) {
            assertThat(pair.targetRows("default", name)).as(name).isEqualTo(pair.sourceRows(name));
        }
    }

    private static FakePair pair(String name) {
        FakePair pair = new FakePair(store, workDir, "iso-" + name, "2.6.12", "2.6.12", ImportSettings.FAST);
        for (String collection : List.of("one", "two", "three")) {
            RestoreVersionsIT.fill(pair, collection, Kind.PLAIN, 1);
        }
        assertThat(pair.backUp("collection=one,two,three", "name=b").failure()).isNull();
        return pair;
    }
}
