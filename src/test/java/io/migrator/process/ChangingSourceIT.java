package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.Catalog;
import io.migrator.config.StorageConfig;
import io.migrator.lab.Fill;
import io.migrator.lab.Rows;
import io.migrator.store.ObjectStore;
import io.migrator.store.Stores;
import io.milvus.grpc.ConsistencyLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that come and go while a backup is made: it is the collection at one moment, and its record tells which. */
@ExtendWith(LabExtension.class)
final class ChangingSourceIT {
    private static final String NAME = "changing";

    private final MigrationLab lab;

    ChangingSourceIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void isTheCollectionAtTheMomentThatItsRecordTells() {
        Fill fill = new Fill(lab.clientA());
        fill.create(RowChanges.schema(NAME), 1, ConsistencyLevel.Bounded, 0);
        fill.index(NAME, "v", "v_idx", "index_type", "FLAT", "metric_type", "L2", "params", "{}");
        RowChanges changes = new RowChanges(lab.clientA(), NAME);
        Outcome backup;
        try (changes) {
            Awaitility.await("some rows").atMost(Duration.ofMinutes(1)).until(() -> changes.count() >= 20);
            int before = changes.count();
            backup = lab.deskA().run("--job=backup", "collection=" + NAME, "name=changing", "in-flight=1", "chunk=1");
            Awaitility.await("rows after it").atMost(Duration.ofMinutes(1)).until(() -> changes.count() > before + 2);
        }
        assertThat(backup).returns(0, Outcome::exitCode);
        Outcome restore = lab.deskB().run("--job=restore", "name=changing", "suffix=_then");
        assertThat(restore).returns(0, Outcome::exitCode);
        new Fill(lab.clientB()).load(NAME + "_then");
        Set<Long> restored = new TreeSet<>();
        new Rows(lab.clientB()).all(NAME + "_then").forEach(row -> restored.add((Long) row.get("id")));

        Instant sealed = sealedAt();
        assertThat(changes.states(sealed, sealed.plusSeconds(1)))
                .as("what the collection was within the second of %s", sealed)
                .contains(restored);
    }

    private Instant sealedAt() {
        try (ObjectStore vault =
                Stores.open(lab.store().storage(StorageConfig.Side.VAULT, "bucket-b", "backup"))) {
            return new Catalog(vault, "backup")
                    .runRecord("changing")
                    .orElseThrow()
                    .collections()
                    .get(0)
                    .sealedAt();
        }
    }
}
