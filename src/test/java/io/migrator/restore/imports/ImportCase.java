package io.migrator.restore.imports;

import io.migrator.batch.FaultScope;
import io.migrator.batch.OnError;
import io.migrator.batch.StopSignal;
import io.migrator.batch.Transactions;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaJson;
import io.migrator.lab.JobTables;
import io.migrator.lab.LocalFolders;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.ImportState.Phase;
import io.migrator.milvus.MilvusTarget;
import io.migrator.report.Progress;
import io.migrator.restore.proof.RowProofTest;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.RestoreTables;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.Chunk;

/** What tests of imports share: a ledger with two units of a partition, and a server that shows what they say. */
abstract class ImportCase {
    static final long COLLECTION = 9;
    static final String PARTITION = "p";
    /** By how much the clock of this process goes on with each look at the server. */
    static final long SECONDS_A_LOOK = 20;

    @TempDir
    Path dir;

    Transactions transactions;
    ImportLedger ledger;
    Failures failures;
    BackupInfo backup;
    Orders orders;
    StorageConfig storage;
    long seconds;

    /** What the server shows. */
    final List<ImportState> jobs = new ArrayList<>();

    long rows;
    int looks;
    int submitted;

    @BeforeEach
    void open() throws Exception {
        transactions = JobTables.inMemory();
        ledger = new ImportLedger(transactions);
        failures = new Failures(new FaultScope(OnError.STOP, () -> {}));
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("milvus");
        storage = folders.storage(Side.MILVUS, "milvus", "");
        orders = new Orders(ledger, storage, "");
        backup = MetaJson.readFull(("{\"name\":\"b\",\"collection_backups\":[{\"collection_id\":9,"
                        + "\"db_name\":\"default\",\"collection_name\":\"coll\",\"schema\":{\"fields\":[{\"fieldID\":100,\"name\":\"id\","
                        + "\"is_primary_key\":true,\"data_type\":5}]}}]}")
                .getBytes(StandardCharsets.UTF_8));
        CollectionInfo source = backup.collections().get(0);
        orders.know(backup, Optional.empty(), List.of(new Restored(source, new CollectionName("default", "coll_bak"))));
        ledger.addAll(COLLECTION, List.of(bin("a/"), bin("b/")));
    }

    static ImportBin bin(String place) {
        return new ImportBin(
                ImportBin.DATA,
                PARTITION,
                List.of(RowProofTest.segment(1, 10, false)),
                List.of(new Dirs(place, "")),
                false);
    }

    MilvusTarget target() {
        return (MilvusTarget) Proxy.newProxyInstance(
                MilvusTarget.class.getClassLoader(),
                new Class<?>[] {MilvusTarget.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    /** One call at a time: units of a chunk are sent from several threads. */
    private synchronized Object answer(String method, Object[] arguments) {
        switch (method) {
            case "imports" -> {
                looks++;
                seconds += SECONDS_A_LOOK;
                LongPredicate wanted = (LongPredicate) arguments[2];
                return jobs.stream().filter(job -> wanted.test(job.jobId())).toList();
            }
            case "importState" -> {
                long id = (long) arguments[1];
                return jobs.stream()
                        .filter(job -> job.jobId() == id)
                        .findFirst()
                        .orElseThrow();
            }
            case "rows" -> {
                return rows;
            }
            case "submitImport" -> {
                submitted++;
                jobs.add(new ImportState(100 + submitted, Phase.COMPLETED, 100, 10, List.of(), ""));
                return 100L + submitted;
            }
            default -> throw new IllegalStateException(method);
        }
    }

    void write(long... units) throws Exception {
        MilvusTarget target = target();
        StopSignal stop = new StopSignal();
        RestoreTables tables = new RestoreTables(transactions);
        ImportSearch search = new ImportSearch(
                target,
                ledger,
                tables,
                orders,
                Progress.NONE,
                stop,
                Duration.ofSeconds(60),
                () -> TimeUnit.SECONDS.toNanos(seconds));
        ImportOutcome outcome = new ImportOutcome(target, ledger, tables, orders, Progress.NONE);
        Chunk<ImportUnit> chunk = new Chunk<>();
        for (long unit : units) {
            chunk.add(ledger.get(unit));
        }
        new ImportSegments(
                        target,
                        ledger,
                        search,
                        outcome,
                        new ForeignImports(target, tables, ledger, orders),
                        orders,
                        failures,
                        4,
                        stop)
                .write(chunk);
    }
}
