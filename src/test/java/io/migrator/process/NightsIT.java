package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.config.StorageConfig;
import io.migrator.fake.data.RowDigest;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import io.milvus.grpc.CompactionState;
import io.milvus.grpc.GetCompactionStateRequest;
import io.milvus.grpc.ManualCompactionRequest;
import io.milvus.grpc.ManualCompactionResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nights of a real Milvus 2.3.5, each with changes of its own and an incremental backup: every one restores to the rows of
 * its night, also once older ones have expired and the pool is swept. {@code -Dmigrator.nights.kills=10} kills runs more
 * often on the way, and restores more.
 */
@ExtendWith(LabExtension.class)
final class NightsIT {
    private static final int NIGHTS = 5;
    private static final int KEPT = 2;
    private static final int KILLS = Integer.getInteger("migrator.nights.kills", 3);
    private static final String NAME = "nightly";
    private static final int FIELDS = 3;
    private static final String[] VAULT = {"minio.backupRootPath", "nights"};

    private final MigrationLab lab;
    private final Random dice = Seed.random("nights");
    private int kills = KILLS;

    NightsIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void eachRestoresToItsRowsHoweverManyOthersAreThere() throws IOException {
        // Of the two only this Milvus compacts.
        Desk desk = lab.deskB(VAULT);
        WideCollection.fill(lab.clientB(), NAME, FIELDS, 2, 2);
        List<RowDigest> wanted = new ArrayList<>();
        for (int night = 0; night < NIGHTS; night++) {
            change(night);
            wanted.add(lab.filesOfB(NAME));
            run(desk, "--job=backup", "collection=" + NAME, "name=night_" + night, "incremental=yes");
        }
        assertThat(wanted).doesNotHaveDuplicates();
        // Those that stay are restored afterwards, and only where there is time before as well.
        for (int night = 0; night < (KILLS > 3 ? NIGHTS : NIGHTS - KEPT); night++) {
            requireRows(desk, night, "_of_" + night, wanted.get(night));
        }

        run(desk, "--job=expire", "keep-last=" + KEPT, "max-delete=" + NIGHTS);

        for (int night = NIGHTS - KEPT; night < NIGHTS; night++) {
            requireRows(desk, night, "_after_" + night, wanted.get(night));
        }
        run(desk, "--job=verify", "name=*", "mode=deep");
        requireNothingElse(desk);
    }

    private void change(int night) {
        LabClient milvus = lab.clientB();
        switch (night) {
            case 0 -> {}
            case 1 -> WideCollection.insert(milvus, NAME, FIELDS, "p1", 1000, 1300);
            case 2 -> {
                new Fill(milvus).delete(NAME, "id in [0, 3, 11, 1007, 1100]");
                new Fill(milvus).flush(NAME);
            }
            case 3 -> WideCollection.upsert(milvus, NAME, FIELDS, "p1", 1010, 1040, 5000);
            default -> {
                compact();
                WideCollection.insert(milvus, NAME, FIELDS, "_default", 2000, 2100);
            }
        }
    }

    private void compact() {
        ManualCompactionResponse begun = lab.clientB()
                .stub()
                .manualCompaction(ManualCompactionRequest.newBuilder()
                        .setCollectionID(lab.describeB(NAME).getCollectionID())
                        .build());
        LabClient.require(begun.getStatus());
        Awaitility.await("compaction")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> lab.clientB()
                        .stub()
                        .getCompactionState(GetCompactionStateRequest.newBuilder()
                                .setCompactionID(begun.getCompactionID())
                                .build())
                        .getState()
                        .equals(CompactionState.Completed));
    }

    private void requireRows(Desk desk, int night, String suffix, RowDigest wanted) {
        run(desk, "--job=restore", "name=night_" + night, "suffix=" + suffix);
        // By files: a query that comes while Milvus takes a flushed segment over may find the row before an upsert.
        assertThat(lab.filesOfB(NAME + suffix)).as("rows of night %d", night).isEqualTo(wanted);
    }

    /** Kills it now and then before it is run to its end. */
    private void run(Desk desk, String... words) {
        while (kills > 0 && dice.nextInt(3) == 0) {
            kills--;
            try (MigratorProcess process = desk.start(words)) {
                process.runsFor(Duration.ofMillis(300 + dice.nextInt(2500)));
                process.kill();
            }
        }
        assertThat(desk.runHere(words)).returns(0, Outcome::exitCode);
    }

    /** What lies in the pool is what the sizes tell, and all of it is some backup's. */
    private void requireNothingElse(Desk desk) throws IOException {
        Outcome listed = desk.runHere("list", "--sizes", "--output=json");
        JsonNode summary =
                new JsonMapper().readTree(listed.out().get(listed.out().size() - 1));
        assertThat(summary.get("backups")).hasSize(KEPT);
        JsonNode pool = summary.get("pool");
        assertThat(pool.get("units_without_backup").asInt()).isZero();
        try (ObjectStore vault = Stores.open(lab.store().storage(StorageConfig.Side.VAULT, "bucket-b", ""));
                Stream<StoredObject> objects = vault.list("nights/migrator-pool/data/")) {
            assertThat(objects.mapToLong(StoredObject::size).sum())
                    .isPositive()
                    .isEqualTo(pool.get("bytes").asLong());
        }
    }
}
