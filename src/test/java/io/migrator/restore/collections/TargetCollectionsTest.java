package io.migrator.restore.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.migrator.batch.Transactions;
import io.migrator.catalog.Catalog;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.lab.JobTables;
import io.migrator.lab.LocalFolders;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.restore.imports.ImportLedger;
import io.migrator.restore.imports.ImportPlannerTest;
import io.migrator.restore.preflight.TargetNames;
import io.migrator.restore.state.Flushes;
import io.migrator.restore.state.RawSchemas;
import io.migrator.restore.state.RestoreTables;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has the name of a collection whose create call was cut off by the death of the run before. */
class TargetCollectionsTest {
    private static final CollectionName NAME = new CollectionName("default", "coll");

    @TempDir
    private Path dir;

    private final CollectionInfo asked = ImportPlannerTest.collection(List.of(), List.of());
    private Transactions transactions;
    private RestoreTables tables;
    /** By statistics, which do not count what is in memory. */
    private long counted;

    private long inMemory;

    @BeforeEach
    void open() {
        transactions = JobTables.inMemory();
        tables = new RestoreTables(transactions);
        tables.creating(asked.collectionId(), NAME);
    }

    private void create() {
        MilvusTarget target = (MilvusTarget) Proxy.newProxyInstance(
                MilvusTarget.class.getClassLoader(),
                new Class<?>[] {MilvusTarget.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> Optional.of(new CollectionDescription(asked, ByteString.EMPTY));
                    case "rows" -> counted;
                    case "flush" -> {
                        counted += inMemory;
                        inMemory = 0;
                        yield null;
                    }
                    case "requireFieldIds", "completeCollection" -> null;
                    default -> throw new IllegalStateException(method.getName());
                });
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("vault");
        try (ObjectStore vault = Stores.open(folders.storage(Side.VAULT, "vault", "backup"))) {
            new TargetCollections(
                            target,
                            new RawSchemas(new Catalog(vault, "backup"), "n"),
                            new TargetNames(target),
                            tables,
                            new ImportLedger(transactions),
                            transactions,
                            new Flushes(target, System::nanoTime),
                            true)
                    .create(new Restored(asked, NAME));
        }
    }

    @Test
    void isTakenForTheOneThatWasAskedForWhereItIsEmpty() {
        create();

        assertThat(tables.find(asked.collectionId())).contains(new RestoreTables.Created(NAME, asked.collectionId()));
    }

    @Test
    void isOfOthersWhereItHasRows() {
        counted = 10;

        requireOfOthers();
    }

    /** Imports would come beside them, and the proof would count neither. */
    @Test
    void isOfOthersWhereItHasRowsInMemory() {
        inMemory = 10;

        requireOfOthers();
    }

    private void requireOfOthers() {
        MigratorException fault = catchThrowableOfType(MigratorException.class, this::create);

        assertThat(fault).isNotNull();
        assertThat(fault.failure()).isEqualTo(Failure.CONFLICT);
        assertThat(tables.find(asked.collectionId())).contains(new RestoreTables.Created(NAME, 0));
    }
}
