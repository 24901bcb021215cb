package io.migrator.restore.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.migrator.batch.FaultScope;
import io.migrator.batch.OnError;
import io.migrator.batch.Transactions;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.lab.JobTables;
import io.migrator.lab.LocalFolders;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.ImportState.Phase;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.restore.imports.FilledPartitions;
import io.migrator.restore.imports.ForeignImports;
import io.migrator.restore.imports.ImportLedger;
import io.migrator.restore.imports.ImportPlannerTest;
import io.migrator.restore.imports.Orders;
import io.migrator.restore.proof.RowProofTest;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.Flushes;
import io.migrator.restore.state.RestoreTables;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted before rows are brought into a collection that was there. */
class ExistingCollectionsTest {
    private static final CollectionName NAME = new CollectionName("default", "coll");

    private final List<ImportState> jobs = new ArrayList<>();
    private final CollectionInfo source =
            ImportPlannerTest.collection(List.of(RowProofTest.segment(1, 10, false)), List.of());
    private final Restored item = new Restored(source, NAME);
    private RestoreTables tables;
    private ImportLedger ledger;
    private Flushes flushes;
    private MilvusTarget target;
    private int flushed;
    private long now;

    @BeforeEach
    void open() {
        Transactions transactions = JobTables.inMemory();
        tables = new RestoreTables(transactions);
        ledger = new ImportLedger(transactions);
        target = (MilvusTarget) Proxy.newProxyInstance(
                MilvusTarget.class.getClassLoader(),
                new Class<?>[] {MilvusTarget.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> Optional.of(new CollectionDescription(source, ByteString.EMPTY));
                    case "imports" -> jobs;
                    case "rows" -> 0L;
                    case "flush" -> ++flushed < 0;
                    default -> throw new IllegalStateException(method.getName());
                });
        flushes = new Flushes(target, () -> now);
    }

    private void takeOver() {
        Orders orders = new Orders(
                ledger, new LocalFolders(Path.of("target")).storage(StorageConfig.Side.MILVUS, "milvus", ""), "");
        ForeignImports others = new ForeignImports(target, tables, ledger, orders);
        new ExistingCollections(target, tables, others, flushes).takeOver(item);
    }

    /** Its rows would be counted as the restore's, or come beside them. */
    @Test
    void takesNothingOverWhileAnImportIsAtWorkThere() {
        jobs.add(new ImportState(3, Phase.COMPLETED, 100, 10, List.of(), ""));
        jobs.add(new ImportState(7, Phase.RUNNING, 0, 0, List.of(), ""));

        assertThatThrownBy(this::takeOver)
                .hasMessageContaining("import job 7 is at work there")
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .returns(Failure.CONFLICT, MigratorException::failure);

        assertThat(tables.all()).isEmpty();
        jobs.remove(1);
        assertThatCode(this::takeOver).doesNotThrowAnyException();
        assertThat(tables.newestForeignJob(source.collectionId())).isEqualTo(3);
    }

    /** A server takes one flush of a collection in ten seconds. */
    @Test
    void flushesOnceThoughRowsAreCountedTwice() {
        new FilledPartitions(target, flushes, new Failures(new FaultScope(OnError.STOP, () -> {})))
                .refuse(List.of(item), true);

        takeOver();

        assertThat(flushed).isEqualTo(1);
    }

    /** Preflight may take long: what was written meanwhile would be counted as the restore's own. */
    @Test
    void flushesAgainWhereThatWasAWhileAgo() {
        new FilledPartitions(target, flushes, new Failures(new FaultScope(OnError.STOP, () -> {})))
                .refuse(List.of(item), true);
        now += Duration.ofSeconds(11).toNanos();

        takeOver();

        assertThat(flushed).isEqualTo(2);
    }
}
