package io.migrator.restore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of object of a backup, spoiled in every way: {@code verify} and {@code restore} both say so. The table goes to
 * stdout and, a JSON line a case, to {@code target/reliability/corruption.jsonl}.
 */
class CorruptionTableIT {
    private static final Path LINES = Path.of("target", "reliability", "corruption.jsonl");

    @TempDir
    static Path workDir;

    private static S3Lab server;
    private static FakePair pair;
    private static ObjectStore vault;

    @BeforeAll
    static void makeBackups() {
        server = S3Lab.lease(workDir.resolve("s3"));
        pair = new FakePair(server, workDir, "spoiled", "2.4.15", "2.4.15", ImportSettings.FAST);
        for (String collection : List.of("coll", "other")) {
            RestoreVersionsIT.fill(pair, collection, Kind.PLAIN, 1);
        }
        vault = Stores.open(server.storage(Side.VAULT, "spoiled-b", "vault"));
        for (String name : List.of("b", "twin", "bare")) {
            // Another choice, so that no file of the twin is the same.
            String collections = name.equals("twin") ? "coll" : "coll,other";
            RunOutcome backup = pair.backUp("collection=" + collections, "name=" + name);
            assertThat(backup.failure()).as(backup.message()).isNull();
        }
    }

    @AfterAll
    static void stop() {
        vault.close();
        pair.close();
        server.close();
    }

    @Test
    void bothSayWhatIsSpoiled() throws IOException {
        VaultLayout backup = new VaultLayout("vault", "b");
        CorruptionTable table = new CorruptionTable(pair, vault, "b");
        List<String> silent = table.run(Corruption.all(vault, backup, new VaultLayout("vault", "twin")), LINES);

        assertThat(silent).as("cases of " + table.cases()).isEmpty();
        assertThat(pair.verify("name=b", "mode=deep").failure()).isNull();
    }

    @Test
    void goesOnPastWhatItDoesNotNeedAndNeverPastADescriptionThatIsNotWhatItWas() {
        VaultLayout layout = new VaultLayout("vault", "twin");
        String spare = layout.meta(MetaFile.SEGMENT);
        String schema = keys(layout.schemasDir()).get(0);
        byte[] whole = vault.read(schema, 1 << 20);
        byte[] wholeSpare = vault.read(spare, 1 << 20);
        vault.write(spare, "{}".getBytes(UTF_8));
        vault.write(
                schema, new String(whole, ISO_8859_1).replace("coll", "colL").getBytes(ISO_8859_1));

        RunOutcome refused = pair.restore("name=twin", "suffix=_refused", "index=none");
        vault.write(schema, whole);
        RunOutcome past = pair.restore("name=twin", "suffix=_past");
        vault.write(spare, wholeSpare);

        assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.CORRUPT);
        assertThat(refused.message()).contains(schema, "Nothing was changed in Milvus");
        assertThat(pair.target().model().requireDatabase("default").find("coll_refused"))
                .isEmpty();
        assertThat(past.failure()).as(past.message()).isNull();
        assertThat(past.report().facts().get("damage_not_needed")).asString().contains(spare);
        assertThat(pair.targetRows("default", "coll_past")).isEqualTo(pair.sourceRows("coll"));
    }

    /** The choice would not be found in what is damaged: that is no fault of who chose. */
    @Test
    void saysDamageBeforeItBelievesTheChoiceWrong() {
        String full = new VaultLayout("vault", "b").meta(MetaFile.FULL);
        byte[] whole = vault.read(full, 1 << 20);
        vault.write(full, vault.read(new VaultLayout("vault", "twin").meta(MetaFile.FULL), 1 << 20));

        RunOutcome restore = pair.preview("name=b", "collection=other", "suffix=_bak");
        vault.write(full, whole);

        assertThat(restore.failure()).as(restore.message()).isEqualTo(Failure.CORRUPT);
        assertThat(restore.message()).contains(full);
    }

    /** A backup without anything of ours, as milvus-backup's: only reading the bytes can tell. */
    @Test
    void aDeepProofLeavesOutTheDamagedCollectionBeforeMilvusIsTouched() {
        VaultLayout layout = new VaultLayout("vault", "bare");
        vault.delete(keys(layout.ownDir()));
        String log = keys(layout.insertCollectionDir(
                        pair.sourceCollection("coll").id()))
                .get(0);
        byte[] content = vault.read(log, 1 << 20);
        content[content.length - 6] ^= 0x10;
        vault.write(log, content);

        RunOutcome stopped = pair.restore("name=bare", "suffix=_a", "verify=deep");
        RunOutcome otherPartition =
                pair.restore("name=bare", "suffix=_c", "verify=deep", "collection=coll", "partition=p1");
        RunOutcome partial = pair.restore("name=bare", "suffix=_b", "verify=deep", "on-error=continue");

        assertThat(stopped.failure()).as(stopped.message()).isEqualTo(Failure.CORRUPT);
        assertThat(stopped.message()).contains(log, "Nothing was changed in Milvus");
        assertThat(otherPartition.failure()).as(otherPartition.message()).isNull();
        assertThat(partial.failure()).as(partial.message()).isEqualTo(Failure.PARTIAL);
        assertThat(partial.message()).contains(log);
        assertThat(pair.targetRows("default", "other_b")).isEqualTo(pair.sourceRows("other"));
        assertThat(pair.target().model().requireDatabase("default").find("coll_b"))
                .isEmpty();
        assertThat(pair.target().model().requireDatabase("default").find("other_a"))
                .isEmpty();
    }

    private static List<String> keys(String dir) {
        try (Stream<StoredObject> objects = vault.list(dir)) {
            return objects.map(StoredObject::key).toList();
        }
    }
}
