package io.migrator.restore.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.ImportState.Phase;
import io.migrator.restore.state.RestoreTables;
import io.migrator.selection.CollectionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of import calls that the run before was cut off from. */
class ImportSearchTest extends ImportCase {
    /** As {@code milvus.storage.localPath} says. */
    @Test
    void namesDirectoriesByTheFolderThatMilvusSees() {
        Orders mounted = new Orders(ledger, storage, "/var/lib/milvus");
        mounted.know(backup, Optional.empty(), List.of(orders.item(ledger.get(1))));

        assertThat(mounted.order(ledger.get(1)).dirs()).containsExactly(new Dirs("/var/lib/milvus/a/", ""));
        assertThat(orders.order(ledger.get(1)).dirs()).containsExactly(new Dirs(dir.resolve("milvus") + "/a/", ""));
    }

    /** The process that wrote the row may have had any clock; only looking for the whole time shows that no job comes. */
    @ParameterizedTest
    @ValueSource(ints = {-3600, -61, 0, 3600})
    void looksForTheWholeTimeWhateverTheClockWasThatWroteTheRow(int secondsAhead) throws Exception {
        ledger.update(ledger.get(1).submitting());
        transactions
                .jdbc()
                .update(
                        "update import_job set changed_at = ? where unit = 1",
                        System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(secondsAhead));

        write(1);

        assertThat(looks).as("at once, and until 60 s are over").isEqualTo(4);
        assertThat(submitted).isEqualTo(1);
        assertThat(ledger.get(1).state()).isEqualTo(ImportUnit.State.IMPORTED);
    }

    /** Their calls were all cut off before this run began. */
    @Test
    void waitsOnceForAllUnitsOfAChunk() throws Exception {
        ledger.update(List.of(ledger.get(1).submitting(), ledger.get(2).submitting()));

        write(1, 2);

        assertThat(looks).isLessThanOrEqualTo(8);
        assertThat(submitted).isEqualTo(2);
    }

    /** A unit of a later chunk, whose job runs or ended: its rows must be known before those of the partition tell anything. */
    @Test
    void countsThePartitionOnceJobsOfLaterChunksEnded() throws Exception {
        ledger.update(List.of(ledger.get(1).submitting(), ledger.get(2).submitted(22)));
        jobs.add(new ImportState(22, Phase.COMPLETED, 100, 10, List.of(storage.milvusPath("b/")), ""));
        // The call of the first unit had come through; Milvus has forgotten its job.
        rows = 20;

        assertThatThrownBy(() -> write(1))
                .hasMessageContaining("partition p has 20 rows, and the imports that are known brought 10")
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .returns(Failure.RESUME_REFUSED, MigratorException::failure);
        assertThat(submitted).as("sent again, its rows would be there twice").isZero();
    }

    @Test
    void sendsAgainWhereOnlyTheJobsOfLaterChunksBroughtRows() throws Exception {
        ledger.update(List.of(ledger.get(1).submitting(), ledger.get(2).submitted(22)));
        jobs.add(new ImportState(22, Phase.COMPLETED, 100, 10, List.of(storage.milvusPath("b/")), ""));
        rows = 10;

        write(1);
        write(2);

        assertThat(submitted).isEqualTo(1);
        assertThat(ledger.open()).isEmpty();
    }

    /** The rows that are there may be those of the call that was cut off: sent again, they would be there twice. */
    @Test
    void judgesNoForgottenJobBesideACallInDoubt() {
        ledger.update(List.of(ledger.get(1).submitted(11), ledger.get(2).submitting()));
        jobs.add(new ImportState(11, Phase.UNKNOWN, 0, 0, List.of(), ""));
        rows = 10;

        assertThatThrownBy(() -> write(1, 2))
                .hasMessageContaining("Milvus has forgotten import job 11")
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .returns(Failure.SERVER_FAILED, MigratorException::failure);
        assertThat(submitted).isZero();
    }

    /** Both calls were cut off, and one of them came through after all. */
    @Test
    void takesOverTheJobOfANeighbourThatShowsLate() throws Exception {
        ledger.update(List.of(ledger.get(1).submitting(), ledger.get(2).submitting()));
        jobs.add(new ImportState(22, Phase.COMPLETED, 100, 10, List.of(storage.milvusPath("b/")), ""));
        rows = 10;

        write(1);
        write(2);

        assertThat(submitted).isEqualTo(1);
        assertThat(ledger.open()).isEmpty();
        assertThat(ledger.get(2).jobId()).isEqualTo(22);
    }

    /** Incremental backups share units: an older job of the very same directory may be of another one's restore. */
    @Test
    void takesNoJobOverThatWasThereBeforeThoughItReadsTheSameUnit() throws Exception {
        new RestoreTables(transactions)
                .takeOver(COLLECTION, new CollectionName("default", "coll_bak"), 77, Map.of(PARTITION, 10L), 40);
        jobs.add(new ImportState(40, Phase.COMPLETED, 100, 10, List.of(storage.milvusPath("a/")), ""));
        rows = 10;
        ledger.update(ledger.get(1).submitting());

        write(1);

        assertThat(submitted).isEqualTo(1);
        assertThat(ledger.get(1).state()).isEqualTo(ImportUnit.State.IMPORTED);
        assertThat(ledger.get(1).jobId()).isNotEqualTo(40);
    }
}
