package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.PooledVault;
import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of object of an incremental backup, spoiled in every way: {@code verify} and {@code restore} both say so. The
 * table goes to stdout and, a JSON line a case, to {@code target/reliability/corruption-pool.jsonl}.
 */
class PooledCorruptionIT {
    private static final Path LINES = Path.of("target", "reliability", "corruption-pool.jsonl");

    @TempDir
    static Path workDir;

    private static S3Lab server;
    private static FakePair pair;
    private static ObjectStore vault;

    @BeforeAll
    static void makeBackups() {
        server = S3Lab.lease(workDir.resolve("s3"));
        pair = new FakePair(server, workDir, "pooled", "2.4.15", "2.4.15", ImportSettings.FAST);
        for (String collection : List.of("coll", "other")) {
            RestoreVersionsIT.fill(pair, collection, Kind.PLAIN, 1);
        }
        vault = Stores.open(server.storage(Side.VAULT, "pooled-b", "vault"));
        PooledVault pooled = new PooledVault(vault);
        backUp("before", "coll,other");
        pooled.pool("before");
        backUp("b", "coll,other");
        pooled.pool("b", "before");
        // Another choice, so that no file of the twin is the same.
        backUp("twin", "coll");
        pooled.pool("twin", "before");
    }

    private static void backUp(String name, String collections) {
        RunOutcome backup = pair.backUp("collection=" + collections, "name=" + name);
        assertThat(backup.failure()).as(backup.message()).isNull();
    }

    @AfterAll
    static void stop() {
        vault.close();
        pair.close();
        server.close();
    }

    @Test
    void bothSayWhatIsSpoiled() throws IOException {
        PooledVault pooled = new PooledVault(vault);
        CorruptionTable table = new CorruptionTable(pair, vault, "b");

        List<String> silent = table.run(Corruption.all(vault, pooled.layout("b"), pooled.layout("twin")), LINES);

        assertThat(silent).as("cases of " + table.cases()).isEmpty();
        assertThat(pair.verify("name=b", "mode=deep").failure()).isNull();
    }
}
