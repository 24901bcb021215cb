package io.migrator.restore.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.migrator.batch.Transactions;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.lab.JobTables;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.restore.proof.RowProofTest;
import io.migrator.restore.state.RestoreTables;
import io.migrator.selection.CollectionName;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A collection in which a Milvus 2.3 that died left rows is dropped only where these are all there is. */
class LeftoversTest {
    private static final long COLLECTION = 9;
    private static final CollectionName NAME = new CollectionName("default", "coll");

    private ImportLedger ledger;
    private RestoreTables tables;
    /** As statistics count it: without rows that are not flushed. */
    private long counted = 10;

    private boolean uncounted;
    private boolean dropped;

    @BeforeEach
    void open() {
        Transactions transactions = JobTables.inMemory();
        ledger = new ImportLedger(transactions);
        tables = new RestoreTables(transactions);
        tables.created(COLLECTION, NAME, COLLECTION);
        ledger.addAll(
                COLLECTION,
                List.of(new ImportBin(
                        ImportBin.DATA,
                        "_default",
                        List.of(RowProofTest.segment(1, 10, false)),
                        List.of(new Dirs("a/", "")),
                        false)));
        ledger.update(ledger.get(1).submitted(22));
    }

    private MigratorException remove() {
        CollectionInfo there = ImportPlannerTest.collection(List.of(), List.of());
        MilvusTarget target = (MilvusTarget) Proxy.newProxyInstance(
                MilvusTarget.class.getClassLoader(),
                new Class<?>[] {MilvusTarget.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> Optional.of(new CollectionDescription(there, ByteString.EMPTY));
                    case "rows" -> counted;
                    case "hasUncountedRows" -> uncounted;
                    case "dropCollection" -> {
                        dropped = true;
                        yield null;
                    }
                    default -> throw new IllegalStateException(method.getName());
                });
        return catchThrowableOfType(
                MigratorException.class, () -> new Leftovers(target, ledger, tables).remove(ledger.get(1), NAME, 10));
    }

    @Test
    void dropsWhatHoldsNothingButRowsThatAnImportLeft() {
        assertThat(remove().failure()).isEqualTo(Failure.TARGET_CHANGED);
        assertThat(dropped).isTrue();
    }

    @Test
    void neverDropsRowsThatSomebodyWroteAndDidNotFlush() {
        uncounted = true;

        MigratorException fault = remove();

        assertThat(dropped).isFalse();
        assertThat(fault.failure()).isEqualTo(Failure.SERVER_FAILED);
        assertThat(fault.getMessage())
                .contains("rows that this restore did not bring", "Take care of those rows first");
    }

    @Test
    void neverDropsRowsThatNoImportExplains() {
        counted = 11;

        assertThat(remove().failure()).isEqualTo(Failure.SERVER_FAILED);
        assertThat(dropped).isFalse();
    }
}
