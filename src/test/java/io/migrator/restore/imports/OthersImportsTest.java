package io.migrator.restore.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.ImportState.Phase;
import io.migrator.restore.state.RestoreTables;
import io.migrator.selection.CollectionName;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Imports that others began, or that a dead run of this restore did, beside those of this run. */
class OthersImportsTest extends ImportCase {
    /** Such as a second run of the same restore, elsewhere, that counted the rows in the same moment. */
    @Test
    void sendsNothingWhereOthersBeganAnImportSinceTheRowsWereCounted() throws Exception {
        RestoreTables tables = new RestoreTables(transactions);
        tables.takeOver(COLLECTION, new CollectionName("default", "coll_bak"), 77, Map.of(PARTITION, 0L), 40);
        jobs.add(new ImportState(40, Phase.COMPLETED, 100, 10, List.of(), ""));
        jobs.add(new ImportState(41, Phase.FAILED, 0, 0, List.of(), ""));
        jobs.add(new ImportState(42, Phase.RUNNING, 30, 0, List.of("elsewhere/"), ""));

        assertThatThrownBy(() -> write(1))
                .hasMessageContaining("others began import job 42")
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .returns(Failure.CONFLICT, MigratorException::failure);

        assertThat(submitted).isZero();
        assertThat(tables.find(COLLECTION)).as("counted anew by the next run").isEmpty();
        jobs.remove(2);
        tables.takeOver(COLLECTION, new CollectionName("default", "coll_bak"), 77, Map.of(PARTITION, 0L), 41);
        write(1, 2);
        assertThat(submitted).isEqualTo(2);
        assertThat(looks).as("once before the first call of the collection").isEqualTo(2);
    }

    /** Its rows counted as those that were there before, the next run would bring them once more. */
    @Test
    void countsNoRowsOfALateCallOfItsOwnAsOthers() throws Exception {
        RestoreTables tables = new RestoreTables(transactions);
        tables.takeOver(COLLECTION, new CollectionName("default", "coll_bak"), 77, Map.of(PARTITION, 0L), 40);
        for (List<String> files : List.of(List.of(storage.milvusPath("a/")), List.<String>of())) {
            jobs.clear();
            jobs.add(new ImportState(41, Phase.COMPLETED, 100, 10, files, ""));

            assertThatThrownBy(() -> write(1))
                    .hasMessageContaining("import job 41, which this run did not begin")
                    .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                    .returns(Failure.CONFLICT, MigratorException::failure);

            assertThat(submitted).isZero();
            assertThat(tables.find(COLLECTION)).as("what was counted stays").isPresent();
        }
    }
}
